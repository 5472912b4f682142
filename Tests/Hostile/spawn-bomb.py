# Attack: starts programs as fast as it can, by vfork, without ever waiting for one.
# Expect: exited 0
# Prints: refused before 64
# Weak: processes
# Succeeds: left 200
import os

count = 0
try:
    while count < 200:
        os.posix_spawn("/bin/sleep", ["sleep", "100"], {})
        count += 1
except BlockingIOError:
    print("refused before 64" if count < 64 else f"refused after {count}")
