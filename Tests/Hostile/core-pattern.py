# Attack: has the kernel start a program of its own when something crashes: core_pattern, and what else of /proc/sys
# names a program. Crashes then.
# Expect: signalled 11
# Prints: all refused, no core
# Weak: host-root
# Succeeds: WORKED: ['/proc/sys/kernel/core_pattern'
import os
import resource
import signal

opened = []
for place in ("core_pattern", "modprobe", "hotplug", "poweroff_cmd", "usermodehelper/bset", "core_uses_pid"):
    try:
        # Not written to: where it can be opened, it could be.
        os.close(os.open(f"/proc/sys/kernel/{place}", os.O_WRONLY))
        opened.append(f"/proc/sys/kernel/{place}")
    except OSError:
        pass
try:
    resource.setrlimit(resource.RLIMIT_CORE, (1 << 20, 1 << 20))
    core = "core"
except (ValueError, OSError):
    core = "no core"
print(f"{'all refused' if not opened else f'WORKED: {opened}'}, {core}", flush=True)
os.kill(os.getpid(), signal.SIGSEGV)
