# Attack: keeps files that no folder and no quota knows of: memory files.
# Expect: outOfMemory
# Weak: memory
# Succeeds: WORKED
import os

for number in range(18):
    descriptor = os.memfd_create(str(number))
    for _ in range(50):
        os.write(descriptor, bytes(1 << 20))
print("WORKED")
