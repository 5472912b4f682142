# Attack: makes a user namespace, in which it would be root, and others; enters those of process 1.
# Expect: exited 0
# Prints: all refused
# Weak: seccomp
# Succeeds: unshare user
import ctypes
import os

library = ctypes.CDLL(None, use_errno=True)
kinds = {
    "user": 0x10000000, "mnt": 0x20000, "pid": 0x20000000, "net": 0x40000000, "ipc": 0x8000000, "uts": 0x4000000,
    "cgroup": 0x2000000, "time": 0x80,
}
opened = []


def attempt(name, action):
    child = os.fork()
    if child == 0:
        try:
            os._exit(0 if action() >= 0 else 1)
        except OSError:
            os._exit(1)
    if os.waitpid(child, 0)[1] == 0:
        opened.append(name)


def clone(flags):
    # x86-64: clone is 56, and 17 is SIGCHLD.
    child = library.syscall(56, flags | 17, 0, 0, 0, 0)
    if child == 0:
        os._exit(0)
    return child


for name, flag in kinds.items():
    attempt(f"unshare {name}", lambda: library.unshare(flag))
    attempt(f"unshare user and {name}", lambda: library.unshare(flag | kinds["user"]))
    if name != "time":
        attempt(f"clone {name}", lambda: clone(flag))
    attempt(f"enter {name}", lambda: library.setns(os.open(f"/proc/1/ns/{name}", os.O_RDONLY), 0))
print("all refused" if not opened else f"WORKED: {opened}")
