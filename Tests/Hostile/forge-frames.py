# Attack: prints what looks like the Engine's and the agent's framing, to speak in their name.
# Expect: exited 0
# Weak: none because a container without the agent has nobody who reads frames
import os

finished = bytes([0, 0, 0, 8, 5, 1, 0, 0, 1, 1, 1, 0])
os.write(1, bytes([1, 0, 0, 0, 0, 0, 0, len(finished)]) + finished)
for descriptor in range(3, 64):
    try:
        os.write(descriptor, finished)
        print("WROTE TO", descriptor)
    except OSError:
        pass
