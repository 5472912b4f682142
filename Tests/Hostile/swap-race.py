# Attack: swaps the project's files for links, pipes, devices and folders, as fast as it can, while they are written.
# Expect: outOfTime
# Weak: none because what is raced is the runner, which a container alone does not have
import os
import socket

turns = [
    lambda name: os.symlink("/etc/passwd", name),
    lambda name: os.mkfifo(name),
    lambda name: os.mkdir(name),
    lambda name: os.symlink(".", name),
    lambda name: socket.socket(socket.AF_UNIX).bind(name),
    lambda name: os.link("/proc/self/exe", name),
    lambda name: os.mknod(name, 0o60666, os.makedev(1, 8)),
    lambda name: os.symlink("/proc/1/fd", name),
    lambda name: os.rename("other", name),
]
while True:
    for turn in turns:
        for name in ("lib", "notes.txt", ".carrel-1~", "lib/notes.txt"):
            for remove in (os.unlink, os.rmdir):
                try:
                    remove(name)
                except OSError:
                    pass
            try:
                turn(name)
            except OSError:
                pass
