# Attack: kills every process it may, and its own group.
# Expect: signalled 9
# Weak: none because nobody else's process is in reach in any container; another test has a neighbour
import os
import signal

try:
    os.kill(-1, signal.SIGKILL)
except ProcessLookupError:
    pass  # there is nobody whom it may kill
os.killpg(0, signal.SIGKILL)
