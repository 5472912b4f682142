# Attack: looks for any way out over the network.
# Expect: exited 0
# Prints: lo unreachable unreachable unreachable
# Weak: network
# Succeeds: reached reached reached
import os
import socket

words = [" ".join(os.listdir("/sys/class/net"))]
for address in [("1.1.1.1", 53), ("169.254.169.254", 80), ("172.17.0.1", 2375)]:
    try:
        socket.create_connection(address, timeout=2)
        words.append("reached")
    except OSError:
        words.append("unreachable")
print(" ".join(words))
