# Attack: unpacks a small archive that holds more than there is room for, into a file and into memory.
# Expect: outOfMemory or outOfTime
# Weak: memory
# Succeeds: WORKED
import zlib

bomb = zlib.compress(bytes(48 << 20))
try:
    for number in range(6):
        with open(f"unpacked-{number}", "wb") as file:
            file.write(zlib.decompress(bomb))
except OSError:
    print("no room")
kept = [zlib.decompress(bomb) for _ in range(12)]
print("WORKED")
