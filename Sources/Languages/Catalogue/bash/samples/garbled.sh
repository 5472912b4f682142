echo a
if [ 1
fi
