# Attack: looks for files of other users that it may read or write: root's home, passwords, logs, state of services.
# Expect: exited 0
# Prints: all refused
# Weak: root writable
# Succeeds: /etc/shadow
import os

opened = []
homes = {"/home/coder", "/tmp", "/dev/shm"}
for folder, folders, names in os.walk("/"):
    folders[:] = [name for name in folders if os.path.join(folder, name) not in homes | {"/proc", "/sys"}]
    for name in ["."] + names:
        path = os.path.normpath(os.path.join(folder, name))
        if os.path.islink(path) or path.startswith("/dev"):
            continue
        if os.access(path, os.W_OK):
            opened.append(path)
for path in ["/etc/shadow", "/etc/gshadow", "/root/.bashrc", "/var/log/dpkg.log", "/var/cache/ldconfig/aux-cache"]:
    try:
        open(path, "rb").close()
        opened.append(path)
    except FileNotFoundError:
        pass
    except PermissionError:
        pass
for path in ["/root", "/var/cache/apt/archives/partial", "/var/lib/private"]:
    try:
        opened.append(f"{path} {os.listdir(path)}")
    except OSError:
        pass
opened.sort(key=lambda path: path != "/etc/shadow")
print("all refused" if not opened else f"WORKED: {opened[:20]}")
