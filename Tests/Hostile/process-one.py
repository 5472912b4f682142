# Attack: reads what the kernel tells of process 1 and of the machine: memory, files, environment, keys, addresses.
# Expect: exited 0
# Prints: all refused
# Weak: root
# Succeeds: WORKED: ['/proc/1/mem'
import os

opened = []


def attempt(place, action):
    try:
        if action(place):
            opened.append(place)
    except OSError:
        pass


def read(place):
    with open(place, "rb") as file:
        # Nothing lies at the beginning of memory; to have it open is enough.
        return place.endswith("/mem") or file.read(64)


for name in ("mem", "environ", "maps", "smaps", "auxv", "stack", "syscall", "pagemap", "io"):
    attempt(f"/proc/1/{name}", read)
for name in ("root", "cwd", "exe", "fd", "map_files"):
    attempt(f"/proc/1/{name}", lambda place: os.listdir(place) if place.endswith(("fd", "files")) else os.readlink(place))
for place in (
    "/proc/kcore", "/proc/keys", "/proc/timer_list", "/proc/sched_debug", "/proc/latency_stats", "/dev/mem", "/dev/kmsg",
    "/proc/kmsg", "/proc/kpagecount", "/sys/firmware/acpi/tables/DSDT", "/sys/kernel/debug/sched/debug", "/etc/shadow",
    "/dev/vda", "/dev/sda", "/var/run/docker.sock", "/run/docker.sock",
):
    attempt(place, read)
# Addresses of the kernel are zeros for those who may not know them.
attempt("/proc/kallsyms", lambda place: open(place).readline().strip("0 \n")[:1].isdigit())
print("all refused" if not opened else f"WORKED: {opened}")
