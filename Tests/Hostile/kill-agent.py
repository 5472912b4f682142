# Attack: signals, traces and reads process 1.
# Expect: exited 0
# Prints: kill refused, attach refused, memory refused, environment refused
# Weak: root
# Succeeds: kill WORKED, attach WORKED, memory WORKED, environment WORKED
import ctypes
import os

results = []


def attempt(name, action):
    try:
        action()
        results.append(f"{name} WORKED")
    except OSError:
        results.append(f"{name} refused")


def attach():
    library = ctypes.CDLL(None, use_errno=True)
    if library.ptrace(16, 1, None, None) != 0:
        raise OSError(ctypes.get_errno(), "ptrace")


attempt("kill", lambda: os.kill(1, 9))
attempt("attach", attach)
attempt("memory", lambda: open("/proc/1/mem", "rb").close())
attempt("environment", lambda: open("/proc/1/environ", "rb").read(1))
print(", ".join(results))
