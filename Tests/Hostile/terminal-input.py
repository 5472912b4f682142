# Attack: types into terminals that it finds, as if it were the person in front of them, and takes one for its own.
# Expect: exited 0
# Prints: all refused
# Weak: terminal
# Succeeds: WORKED: ['/dev/tty'
import fcntl
import glob
import os
import termios

opened = []
for place in ["/dev/tty", "/dev/console", "/dev/tty0", "/dev/tty1", *glob.glob("/dev/pts/[0-9]*"), "/proc/1/fd/0"]:
    try:
        descriptor = os.open(place, os.O_RDWR | os.O_NONBLOCK)
        opened.append(place)
        fcntl.ioctl(descriptor, termios.TIOCSTI, b"#")
    except OSError:
        pass
for descriptor in range(3):
    try:
        fcntl.ioctl(descriptor, termios.TIOCSTI, b"#")
        opened.append(descriptor)
    except OSError:
        pass
print("all refused" if not opened else f"WORKED: {opened}")
