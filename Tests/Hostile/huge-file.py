# Attack: makes one file larger than a file may be. (Python ignores SIGXFSZ and sees an error.)
# Expect: exited 1
# Weak: file-size
# Succeeds: ended 0
with open("huge", "wb") as file:
    file.seek(1 << 40)
    file.write(b"x")
