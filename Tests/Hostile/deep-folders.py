# Attack: makes folders so deep that their paths are longer than any path may be.
# Expect: exited 0
# Prints: 5000 deep
# Weak: none because a home may hold deep folders; what is seen is that nobody stumbles over them
import os

for _ in range(5000):
    os.mkdir("d" * 100)
    os.chdir("d" * 100)
with open("notes.txt", "w") as file:
    file.write("found")
print("5000 deep")
