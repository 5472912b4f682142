read -r name
read -ra numbers

sum=0
for number in "${numbers[@]}"; do
    ((sum += number))
done
echo "$name's numbers add up to $sum"
