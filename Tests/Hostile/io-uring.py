# Attack: has the kernel work for it where no filter looks: io_uring.
# Expect: exited 0
# Prints: all refused
# Weak: seccomp
# Succeeds: WORKED: ['io_uring_setup'
import ctypes

library = ctypes.CDLL(None, use_errno=True)
# Numbers of x86-64.
opened = []
for name, number in {"io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427}.items():
    if library.syscall(number, 8, ctypes.create_string_buffer(256), 0, 0, 0, 0) >= 0:
        opened.append(name)
print("all refused" if not opened else f"WORKED: {opened}")
