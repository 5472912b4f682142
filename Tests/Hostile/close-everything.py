# Attack: closes its streams and goes on, so that nobody hears of it.
# Expect: outOfTime
# Weak: deadline
# Succeeds: still running
import os

os.closerange(0, 1024)
while True:
    pass
