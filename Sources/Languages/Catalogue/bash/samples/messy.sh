if [ "$1" = a ]
then
  echo   hi
fi
f(){
echo x
}
