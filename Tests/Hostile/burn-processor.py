# Attack: keeps a processor busy.
# Expect: outOfTime
while True:
    pass
