# Attack: takes memory by mmap, shared with its children so that it is nobody's heap.
# Expect: outOfMemory
# Weak: memory
# Succeeds: WORKED
import mmap
import os

areas = []
for _ in range(9):
    area = mmap.mmap(-1, 100 << 20)
    areas.append(area)
    child = os.fork()
    if child == 0:
        for place in range(0, len(area), 4096):
            area[place] = 1
        os.abort() if area[0] != 1 else os._exit(0)
    _, status = os.waitpid(child, 0)
    if status != 0:
        os.kill(os.getpid(), 9)
print("WORKED")
