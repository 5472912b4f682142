# Attack: prints one line without end, for whoever waits for its end.
# Expect: tooMuchOutput
# Weak: output
# Succeeds: still running
import sys

while True:
    sys.stdout.write("x" * 4096)
