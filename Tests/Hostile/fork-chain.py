# Attack: is never there when it is killed: each process starts its successor and ends (the evasion that Piston's cleanup
# fell for).
# Expect: outOfTime
# Weak: deadline
# Succeeds: still running
import os
import time

first = os.getpid()
while True:
    if os.fork() != 0:
        if os.getpid() == first:
            time.sleep(100)
        os._exit(0)
    os.setsid()
