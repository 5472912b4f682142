# Attack: starts programs as fast as it can, by vfork, without ever waiting for one.
# Expect: exited 0
# Prints: refused before 64
import os

count = 0
try:
    while count < 1000:
        os.posix_spawn("/bin/sleep", ["sleep", "100"], {})
        count += 1
except BlockingIOError:
    print("refused before 64" if count < 64 else f"refused after {count}")
