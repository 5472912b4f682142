# Attack: opens files until there are no more descriptors, and raises the limit to have more.
# Expect: exited 0
# Prints: limit kept, refused before 1024
# Weak: files
# Succeeds: refused after 40
import os
import resource

try:
    resource.setrlimit(resource.RLIMIT_NOFILE, (65_536, 65_536))
    print("limit RAISED", end=", ")
except (ValueError, OSError):
    print("limit kept", end=", ")
files = []
try:
    while len(files) < 10_000:
        files.append(os.open("/dev/null", os.O_RDONLY))
except OSError:
    print("refused before 1024" if len(files) < 1024 else f"refused after {len(files)}")
