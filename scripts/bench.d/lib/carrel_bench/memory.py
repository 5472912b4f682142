"""Memory of processes, as the kernel tells it in smaps_rollup."""
import re
from pathlib import Path


def proportional_size(pids):
    """Bytes of memory that these processes have, what they share divided among those who share it."""
    return sum(size_of(pid, "Pss") for pid in pids)


def own_size(pid):
    """Bytes of memory that a process has written to; its program's text and other unchanged files are not in it."""
    return size_of(pid, "Anonymous")


def size_of(pid, kind):
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(rf"^{kind}:\s+(\d+) kB", rollup, re.M)[1]) * 1024
