# Attack: looks for programs that run as somebody else (set-user-id, set-group-id, file capabilities), and makes one.
# Expect: exited 0
# Prints: all refused
# Weak: root set-user-id
# Succeeds: WORKED: ['/tmp/id of root'
import os
import shutil
import stat
import subprocess

opened = []
for folder, folders, names in os.walk("/"):
    folders[:] = [name for name in folders if os.path.join(folder, name) not in ("/proc", "/sys", "/dev")]
    for name in names:
        path = os.path.join(folder, name)
        try:
            status = os.lstat(path)
            privileged = stat.S_ISREG(status.st_mode) and status.st_mode & 0o6000
            if privileged or "security.capability" in os.listxattr(path, follow_symlinks=False):
                opened.append(path)
        except OSError:
            pass
shutil.copy("/usr/bin/id", "/tmp/id")
try:
    os.chown("/tmp/id", 0, 0)
    opened.insert(0, "/tmp/id of root")
except OSError:
    pass
os.chmod("/tmp/id", 0o6755)
for words in (["/tmp/id", "-u"], ["su", "-c", "id -u"], ["sudo", "-n", "id", "-u"], ["newgrp"], ["mount", "/mnt"]):
    try:
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=5)
        if done.stdout.strip() == "0":
            opened.append(words[0])
    except (OSError, subprocess.TimeoutExpired):
        pass
print("all refused" if not opened else f"WORKED: {opened}")
