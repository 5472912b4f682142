# Attack: fills pipes, whose content is the kernel's memory, as large as they may be.
# Expect: exited 0
# Prints: done
# Weak: none because the bound is the kernel's own for a user (pipe-user-pages-soft)
import fcntl
import os

try:
    while True:
        reading, writing = os.pipe2(os.O_NONBLOCK)
        try:
            fcntl.fcntl(writing, 1031, 1 << 20)
        except OSError:
            pass
        try:
            while os.write(writing, b"x" * 65_536):
                pass
        except BlockingIOError:
            pass
except OSError:
    print("done")
