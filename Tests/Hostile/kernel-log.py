# Attack: reads and clears the kernel's log, which tells of the host and of other people's programs.
# Expect: exited 0
# Prints: all refused
# Weak: host-root
# Succeeds: WORKED: ['size of the log'
import ctypes
import os

library = ctypes.CDLL(None, use_errno=True)
opened = []
# Commands of syslog(2): 10 is its size, 3 reads all, 9 what is unread. None of these changes it.
for name, command in {"size of the log": 10, "log": 3, "unread": 9}.items():
    if library.klogctl(command, ctypes.create_string_buffer(256), 256) >= 0:
        opened.append(name)
for place in ("/dev/kmsg", "/proc/kmsg", "/sys/fs/pstore"):
    try:
        descriptor = os.open(place, os.O_RDONLY | os.O_NONBLOCK)
        opened.append(place)
        os.close(descriptor)
    except OSError:
        pass
print("all refused" if not [name for name in opened if name != "/sys/fs/pstore"] else f"WORKED: {opened}")
