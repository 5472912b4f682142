# Attack: fills /dev/shm.
# Expect: exited 0
# Prints: refused by 17 MB
# Weak: memory file-size
# Succeeds: WORKED
import os

written = 0
try:
    with open("/dev/shm/full", "wb", buffering=0) as file:
        while written < 1 << 30:
            written += file.write(b"x" * 65_536)
    print("WORKED")
except OSError:
    print("refused by 17 MB" if written <= 17 << 20 else f"refused after {written}")
os.remove("/dev/shm/full")
