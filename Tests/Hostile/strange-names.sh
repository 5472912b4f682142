# Attack: leaves files whose names break lists and lines, a pipe in the place of a file of the project, and a link in the
# place of a folder.
# Expect: exited 0
# Weak: none because names are allowed; what is seen is that nobody stumbles over them
touch -- "-rf" "line
break" "$(printf 'x%.0s' $(seq 255))" "$(printf '\377\376')" "tab	and \033[31mred" ' ' '*' '$(id)' '..x'
rm -rf notes.txt lib
mkfifo notes.txt
ln -s /etc lib
mkdir -p a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p
