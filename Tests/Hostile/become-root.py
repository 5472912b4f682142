# Attack: looks for any authority that is left: ids, groups, capabilities, namespaces, mounts, devices.
# Expect: exited 0
# Prints: uid 1000 gid 1000, caps 0, nnp 1, seccomp 2, setuid refused, setgroups refused, unshare refused, mount refused, chroot refused, mknod refused
# Weak: root seccomp
# Succeeds: setuid WORKED, setgroups WORKED, unshare WORKED
import ctypes
import os

library = ctypes.CDLL(None, use_errno=True)
status = dict(line.split(":\t", 1) for line in open("/proc/self/status") if ":\t" in line)
results = [
    f"uid {os.getresuid()[2]} gid {os.getresgid()[2]}",
    f"caps {int(status['CapEff'], 16) | int(status['CapPrm'], 16) | int(status['CapAmb'], 16)}",
    f"nnp {status['NoNewPrivs'].strip()}",
    f"seccomp {status['Seccomp'].strip()}",
]


def attempt(name, action):
    try:
        done = action()
    except OSError:
        done = -1
    results.append(f"{name} {'WORKED' if done in (0, None) else 'refused'}")


attempt("setuid", lambda: os.setuid(0))
attempt("setgroups", lambda: os.setgroups([0]))
attempt("unshare", lambda: library.unshare(0x10000000))
attempt("mount", lambda: library.mount(b"none", b"/tmp", b"tmpfs", 0, None))
attempt("chroot", lambda: os.chroot("/tmp"))
attempt("mknod", lambda: os.mknod("/tmp/disk", 0o60600, os.makedev(254, 0)))
print(", ".join(results))
