# Attack: makes a shell expand a word to gigabytes.
# Expect: outOfMemory or outOfTime
# Weak: none because it would take all memory that there is
word=$(printf 'x%.0s' $(seq 1000))
while :; do word=$word$word$word; done
