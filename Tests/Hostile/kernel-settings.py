# Attack: opens every file of /proc/sys and /sys for writing.
# Expect: exited 0
# Prints: all refused
# Weak: host-root
# Succeeds: WORKED: ['/proc/sys/
import os

opened = []
for top in ("/proc/sys", "/sys"):
    for folder, folders, names in os.walk(top):
        for name in names:
            try:
                # Without O_TRUNC and without a write: to have it open is enough to know.
                os.close(os.open(os.path.join(folder, name), os.O_WRONLY | os.O_NONBLOCK | os.O_NOFOLLOW))
                opened.append(os.path.join(folder, name))
            except OSError:
                pass
print("all refused" if not opened else f"WORKED: {opened[:20]}")
