# Attack: leaves System V shared memory, queues and semaphores behind, which belong to no process.
# Expect: exited 0
# Prints: left
# Weak: agent
# Succeeds: left
import ctypes

library = ctypes.CDLL(None, use_errno=True)
library.shmat.restype = ctypes.c_void_p
for _ in range(3):
    segment = library.shmget(0, ctypes.c_size_t(100 << 20), 0o1600)
    address = library.shmat(segment, None, 0)
    if address and address != ctypes.c_void_p(-1).value:
        ctypes.memset(address, 1, 100 << 20)
for _ in range(500):
    queue = library.msgget(0, 0o1600)
    library.msgsnd(queue, ctypes.create_string_buffer(b"\1" * 8000), 4000, 0o4000)
    library.semget(0, 100, 0o1600)
print("left")
