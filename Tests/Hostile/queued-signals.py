# Attack: queues signals until the kernel has no room for more, and sets timers that send them.
# Expect: exited 0
# Prints: refused in the end
# Weak: none because the bound is the kernel's own for a user (RLIMIT_SIGPENDING), which only its authority lifts
import ctypes
import os
import signal

library = ctypes.CDLL(None, use_errno=True)
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGRTMIN})
count = 0
while count < 1_000_000 and library.sigqueue(os.getpid(), int(signal.SIGRTMIN), None) == 0:
    count += 1
timer = ctypes.c_void_p()
while count < 2_000_000 and library.timer_create(1, None, ctypes.byref(timer)) == 0:
    count += 1
print("refused in the end" if count < 1_000_000 else f"WORKED: {count}")
