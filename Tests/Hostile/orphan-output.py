# Attack: ends, but leaves a child that keeps its streams open, so that its output never does.
# Expect: exited 0
# Prints: parent
# Weak: agent
# Succeeds: left 1
import os
import time

if os.fork() == 0:
    time.sleep(1000)
print("parent", flush=True)
os._exit(0)
