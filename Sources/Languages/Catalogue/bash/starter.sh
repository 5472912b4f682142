# Press Run, then type your name in the console below.

read -rp "What is your name? " name
name=${name:-friend}

echo "Hello, $name!"
echo "Your name backwards is $(rev <<<"$name")."
