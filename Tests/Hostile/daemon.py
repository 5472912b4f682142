# Attack: leaves a process behind that is nobody's child, in a session of its own, with closed streams.
# Expect: exited 0
# Prints: left
# Weak: agent
# Succeeds: left 1
import os
import time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.closerange(0, 100)
        time.sleep(1000)
    os._exit(0)
os.wait()
print("left")
