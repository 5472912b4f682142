# Attack: ignores every signal that can be ignored and sleeps past its deadline.
# Expect: outOfTime
# Weak: deadline
# Succeeds: still running
import signal
import time

for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
while True:
    time.sleep(100)
