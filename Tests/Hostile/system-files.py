# Attack: writes the files that others have escaped by: core_pattern, release_agent, uevent_helper, sysrq-trigger, the
# program of process 1 (CVE-2019-5736), the root's own.
# Expect: exited 0
# Prints: all refused
# Weak: host-root
# Succeeds: WORKED: ['/proc/sys/kernel/core_pattern'
import glob
import os

places = [
    "/proc/sys/kernel/core_pattern", "/proc/sys/kernel/modprobe", "/proc/sys/vm/overcommit_memory",
    "/proc/sysrq-trigger", "/sys/kernel/uevent_helper", "/proc/1/exe", "/proc/self/exe", "/proc/1/oom_score_adj",
    "/sbin/carrel-agent", "/etc/passwd", "/etc/ld.so.preload", "/usr/bin/env", "/bin/sh", "/proc/irq/0/smp_affinity",
    *glob.glob("/sys/fs/cgroup/release_agent"), *glob.glob("/sys/fs/cgroup/*/release_agent"),
    *glob.glob("/sys/fs/cgroup/*/cgroup.procs"), "/sys/fs/cgroup/cgroup.procs", "/sys/fs/cgroup/memory.max",
]
opened = []
for place in places:
    for flags in (os.O_WRONLY, os.O_WRONLY | os.O_CREAT):
        try:
            os.close(os.open(place, flags))
            opened.append(place)
        except OSError:
            pass
print("all refused" if not opened else f"WORKED: {opened}")
