# Attack: stops itself and its children in the middle of their work, so that no signal but one reaches them.
# Expect: outOfTime
# Weak: deadline
# Succeeds: still running
import os
import signal

os.fork()
os.fork()
os.kill(os.getpid(), signal.SIGSTOP)
