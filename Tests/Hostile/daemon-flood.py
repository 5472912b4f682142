# Attack: leaves as many daemons as there is room for: forked twice, in sessions of their own, with closed streams.
# Expect: exited 0
# Prints: refused before 64
# Weak: processes
# Succeeds: left 20
import os
import time

reading, writing = os.pipe()


def start_daemon():
    child = os.fork()
    if child == 0:
        os.setsid()
        try:
            if os.fork() == 0:
                os.write(writing, b"x")
                os.closerange(0, 100)
                time.sleep(1000)
        except OSError:
            pass
        os._exit(0)
    os.waitpid(child, 0)


try:
    for _ in range(200):
        start_daemon()
except OSError:
    pass
count = len(os.read(reading, 1000))
print("refused before 64" if count < 64 else f"WORKED: {count}")
