# Attack: changes the time, for all programs of the machine.
# Expect: exited 0
# Prints: set refused, adjust refused, priority refused, real time refused
# Weak: none because it would change the time of this machine
import ctypes
import os
import time

library = ctypes.CDLL(None, use_errno=True)
results = []


def attempt(name, action):
    try:
        done = action()
    except OSError:
        done = -1
    results.append(f"{name} {'WORKED' if done in (0, None) else 'refused'}")


attempt("set", lambda: time.clock_settime(time.CLOCK_REALTIME, 0))
attempt("adjust", lambda: library.settimeofday((ctypes.c_long * 2)(0, 0), None))
attempt("priority", lambda: os.setpriority(os.PRIO_PROCESS, 0, -10))
attempt("real time", lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1)))
print(", ".join(results))
