# Attack: fills every place that can be written to.
# Expect: exited 0
# Prints: /home/coder full, /tmp full, /dev/shm full, / refused, /etc refused, /var/tmp refused, /sbin refused
# Weak: none because what it would fill is the disk of this machine
import os

results = []
for folder in ["/home/coder", "/tmp", "/dev/shm", "/", "/etc", "/var/tmp", "/sbin"]:
    try:
        count = 0
        while True:
            with open(f"{folder}/fill-{count}", "wb") as file:
                for _ in range(30):
                    file.write(bytes(1 << 20))
            count += 1
    except OSError as error:
        results.append(f"{folder} {'full' if error.errno == 28 else 'refused'}")
    finally:
        for name in os.listdir(folder):
            if name.startswith("fill-"):
                os.unlink(f"{folder}/{name}")
print(", ".join(results))
