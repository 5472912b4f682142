# Attack: locks memory, so that the kernel can't put it away.
# Expect: exited 0
# Prints: all refused
# Weak: locked
# Succeeds: WORKED: ['a megabyte'
import ctypes
import mmap
import resource

library = ctypes.CDLL(None, use_errno=True)
opened = []
area = mmap.mmap(-1, 1 << 20)
address = ctypes.addressof(ctypes.c_char.from_buffer(area))
if library.mlock(ctypes.c_void_p(address), ctypes.c_size_t(1 << 20)) == 0:
    opened.append("a megabyte")
if library.mlockall(3) == 0:
    opened.append("all")
try:
    resource.setrlimit(resource.RLIMIT_MEMLOCK, (1 << 30, 1 << 30))
    opened.append("raised limit")
except (ValueError, OSError):
    pass
print("all refused" if not opened else f"WORKED: {opened}")
