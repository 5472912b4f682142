# Attack: floods both streams at once, from several processes.
# Expect: tooMuchOutput
# Weak: output
# Succeeds: still running
import os

os.fork()
stream = 1 + (os.fork() == 0)
while True:
    os.write(stream, b"x" * 65_536)
