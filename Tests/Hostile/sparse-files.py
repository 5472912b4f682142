# Attack: makes files that look larger than any disk and hold nothing, for whoever copies or counts them.
# Expect: exited 0
# Prints: refused
# Weak: file-size
# Succeeds: WORKED
import os
import signal

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
try:
    for number in range(500):
        with open(f"sparse-{number}", "wb") as file:
            file.truncate(60 << 20)
    with open("sparse", "wb") as file:
        file.truncate(1 << 42)
    print("WORKED", sum(os.stat(name).st_size for name in os.listdir()) >> 40, "TB")
except OSError:
    print("refused")
