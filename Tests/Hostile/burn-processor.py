# Attack: keeps a processor busy.
# Expect: outOfTime
# Weak: deadline
# Succeeds: still running
while True:
    pass
