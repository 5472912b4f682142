# Attack: asks for the kernel's larger doors: keyrings, BPF, performance counters, page faults, other processes' memory,
# modules, a new kernel, swap, quotas, accounting, a restart.
# Expect: exited 0
# Prints: all refused
# Weak: root seccomp
# Succeeds: 'add_key'
import ctypes

library = ctypes.CDLL(None, use_errno=True)
# Numbers of x86-64 (arch/x86/entry/syscalls/syscall_64.tbl).
doors = {
    "add_key": 248, "request_key": 249, "keyctl": 250, "bpf": 321, "perf_event_open": 298, "userfaultfd": 323,
    "process_vm_readv": 310, "kcmp": 312, "init_module": 175, "finit_module": 313, "kexec_load": 246, "swapon": 167,
    "quotactl": 179, "acct": 163, "reboot": 169, "mount": 165, "umount2": 166, "pivot_root": 155, "setns": 308,
    "open_by_handle_at": 304, "iopl": 172, "ioperm": 173, "lookup_dcookie": 212, "move_pages": 279, "fsopen": 430,
}
# A door is closed when the kernel does not even look at what was asked for: not permitted, no access, not there.
opened = []
for name, number in doors.items():
    if library.syscall(number, 0, 0, 0, 0, 0) >= 0 or ctypes.get_errno() not in (1, 13, 38):
        opened.append(name)
print("all refused" if not opened else f"WORKED: {opened}")
