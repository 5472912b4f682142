# Attack: waits, using no processor time at all.
# Expect: outOfTime
sleep 1000
