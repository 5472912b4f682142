# Attack: reads more files than there is memory, over and over, so that the page cache holds nothing else.
# Expect: exited 0
# Prints: read
# Weak: none because reading files is allowed; what is seen is that the cache counts as the container's and gives way
import os

left = 1 << 30
while left > 0:
    for folder, _, names in os.walk("/usr/lib"):
        for name in names:
            if left > 0 and os.path.isfile(f"{folder}/{name}"):
                with open(f"{folder}/{name}", "rb") as file:
                    left -= len(file.read())
print("read")
