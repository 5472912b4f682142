# Attack: gives root's files names in its own folders, to have them written when its own are; and reads through links in
# the kernel's folders.
# Expect: exited 0
# Prints: all refused
# Weak: root writable
# Succeeds: WORKED: ['/etc/passwd'
import os

opened = []
for path in ("/etc/passwd", "/sbin/carrel-agent", "/proc/1/exe", "/proc/self/exe", "/usr/bin/env", "/dev/null"):
    # The places of one file system only can be linked; a container's root is one of its own.
    for place in ("/home/coder", "/tmp", "/dev/shm", os.path.dirname(path) or "/", "/var/tmp", "/run"):
        for follow in (True, False):
            try:
                os.link(path, f"{place}/notes-{len(opened)}", follow_symlinks=follow)
                opened.append(path)
            except OSError:
                pass
for path in ("/proc/1/root/etc/shadow", "/proc/1/cwd", "/proc/1/fd/0", "/proc/1/fd/1"):
    try:
        os.stat(path)
        opened.append(path)
    except OSError:
        pass
print("all refused" if not opened else f"WORKED: {opened}")
