# Attack: takes a gigabyte of memory.
# Expect: outOfMemory
# Weak: memory
# Succeeds: WORKED
kept = []
for _ in range(100):
    kept.append(bytearray(10_000_000))
print("WORKED")
