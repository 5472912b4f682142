# Attack: doubles its processes until nobody can start one any more, and goes on trying.
# Expect: outOfTime
# Weak: deadline
# Succeeds: still running
import os

while True:
    try:
        os.fork()
    except OSError:
        pass
