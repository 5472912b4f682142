# Attack: fills the kernel's socket buffers, and hides sockets in messages that nobody reads.
# Expect: exited 0
# Prints: refused before 1024 descriptors
# Weak: files
# Succeeds: WORKED
import socket

kept = []
try:
    while len(kept) < 2000:
        left, right = socket.socketpair()
        left.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
        left.setblocking(False)
        try:
            for _ in range(3):
                socket.send_fds(left, [b"x" * 8192], [right.fileno()])
        except OSError:
            pass
        kept += [left, right]
    print("WORKED")
except OSError:
    print("refused before 1024 descriptors" if len(kept) < 1024 else f"WORKED: {len(kept)}")
