# Attack: starts threads without end; each counts as a process.
# Expect: exited 0
# Prints: refused before 64
# Weak: processes
# Succeeds: WORKED
import os
import threading

count = 0
try:
    while count < 200:
        threading.Thread(target=threading.Event().wait, daemon=True).start()
        count += 1
    print("WORKED", flush=True)
except RuntimeError:
    print("refused before 64" if count < 64 else f"refused after {count}", flush=True)
os._exit(0)
