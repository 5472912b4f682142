# Attack: overwrites the program that it was started by, while it runs or as soon as nobody runs it (CVE-2019-5736).
# Expect: exited 0
# Prints: all refused
# Weak: root writable
# Succeeds: WORKED: ['/proc/self/exe'
import os
import time

opened = []
# A copy of the running program stays open for writing only once it ended: an interpreter that replaced itself.
for place in ("/proc/self/exe", "/proc/1/exe", "/sbin/carrel-agent", "/proc/self/root/sbin/carrel-agent"):
    for _ in range(20):
        try:
            descriptor = os.open(place, os.O_RDONLY | getattr(os, "O_PATH", 0))
            os.close(os.open(f"/proc/self/fd/{descriptor}", os.O_WRONLY))
            opened.append(place)
            break
        except OSError as error:
            # "Text file busy" is the only thing that stands between root and the program.
            if error.errno == 26:
                opened.append(place)
                break
        time.sleep(0.002)
print("all refused" if not opened else f"WORKED: {opened}")
