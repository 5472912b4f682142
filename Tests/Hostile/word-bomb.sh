# Attack: makes a shell expand a word to gigabytes.
# Expect: outOfTime
word=$(printf 'x%.0s' $(seq 1000))
while :; do word=$word$word$word; done
