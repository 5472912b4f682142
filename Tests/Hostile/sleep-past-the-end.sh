# Attack: waits, using no processor time at all.
# Expect: outOfTime
# Weak: deadline
# Succeeds: still running
sleep 1000
