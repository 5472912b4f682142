# Attack: uses up all inodes of the home with empty files.
# Expect: exited 0
# Prints: refused in the end
# Weak: inodes
# Succeeds: WORKED
import os

os.mkdir("many")
os.chdir("many")
try:
    for number in range(100_000):
        os.mknod(str(number))
    print("WORKED")
except OSError:
    print("refused in the end")
