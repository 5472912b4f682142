# Attack: looks for any network: raw packets, a cloud's metadata address, the host's own ports, names, netlink, other
# containers' abstract sockets.
# Expect: exited 0
# Prints: all refused
# Weak: root
# Succeeds: WORKED: ['raw', 'packet'
import socket

opened = []


def attempt(name, action):
    try:
        action()
        opened.append(name)
    except OSError:
        pass


def connect(address, kind=socket.SOCK_STREAM):
    with socket.socket(socket.AF_INET, kind) as end:
        end.settimeout(0.5)
        end.connect(address)


attempt("raw", lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 1))
attempt("packet", lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW))
attempt("metadata", lambda: connect(("169.254.169.254", 80)))
attempt("gateway", lambda: connect(("172.17.0.1", 22)))
attempt("dns", lambda: connect(("8.8.8.8", 53), socket.SOCK_DGRAM))
attempt("name", lambda: socket.getaddrinfo("example.org", 80))
for family in range(3, 46):
    # IPv6 and netlink are answered like IPv4: there is nobody to speak with.
    if family not in (socket.AF_INET6, socket.AF_NETLINK):
        attempt(f"family {family}", lambda: socket.socket(family, socket.SOCK_SEQPACKET))
        attempt(f"family {family}", lambda: socket.socket(family, socket.SOCK_DGRAM))
attempt("vsock", lambda: socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM).connect((2, 1024)))
others = [line.split()[-1] for line in open("/proc/net/unix").readlines()[1:] if "@" in line]
routes = open("/proc/net/route").readlines()[1:]
print("all refused" if not opened + others + routes else f"WORKED: {opened} {others} {routes}")
