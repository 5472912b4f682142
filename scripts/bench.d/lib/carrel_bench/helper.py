"""The helper's socket, spoken to as the site does (Sources/RunProtocol): what a run costs without the site."""
import contextlib
import hashlib
import secrets
import socket
import time

from carrel_bench.report import fail

VERSION = 6
MAIN = "main.py"

# The site's usual limits, in nanoseconds and bytes: wall, processor, output, one file, the compiler's wall and
# processor; then that a job's program and compiler may have the memory of a workspace.
LIMITS = (600 * 10**9, 60 * 10**9, 4 << 20, 64 << 20, 30 * 10**9, 30 * 10**9, 0, 0)


def number(value):
    """A varint: groups of seven bits, the least first."""
    groups = []
    while value >= 0x80:
        groups.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*groups, value])


def content(value):
    return number(len(value)) + value


def request(run, program, workspace):
    """The frame that starts a Python program with no input, as nobody's job when there is no workspace."""
    place = b"\0" if workspace is None else b"\1" + number(workspace)
    digest = hashlib.sha256(program).digest()
    return b"".join((
        b"\1", number(run), place, b"\0", content(b"python"),
        b"\0", content(MAIN.encode()), number(0), number(0), b"\1", content(b""),
        *(number(limit) for limit in LIMITS),
        number(1), content(MAIN.encode()), content(digest), number(len(program)),
    ))


class Helper:
    """The helper of an instance. Root may speak with it as the site's user does."""

    def __init__(self, instance):
        self.path = instance.settings["CARREL_RUNNER_SOCKET"]

    def start(self, program, workspace=None):
        """A run of a Python program, begun but not waited for."""
        return HelperRun(self.path, program.encode(), workspace)

    def run(self, program, greeting, workspace=None):
        """A run to its end, which must print the greeting."""
        with contextlib.closing(self.start(program, workspace)) as run:
            run.finish()
            printed = run.output.decode().strip()
            if printed != greeting or run.ending != b"\0\0":
                fail(f"A program printed {printed!r} and ended with {run.ending!r}.")
            return run

    @staticmethod
    def new_workspace():
        """A number that is no project's."""
        return 1 << 62 | secrets.randbits(60)


class HelperRun:
    """One connection, which is one run. `first` and `took` are seconds from before it was opened: until the first byte
    that the program printed, and until its end was told."""

    def __init__(self, path, program, workspace):
        self.output = b""
        self.first = self.took = self.ending = None
        self.received = b""
        self.began = time.monotonic()
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(60)
        self.socket.connect(path)
        run = 1 << 62 | secrets.randbits(60)
        self.send(b"\0" + number(VERSION), request(run, program, workspace))
        needs = self.frame()
        if needs[0] != 0:
            fail(f"The helper did not start a run: {needs!r}")
        if needs[1]:
            self.send(b"\2" + number(0) + b"\1" + content(program))

    def close(self):
        """Ends the run if it has not ended."""
        self.socket.close()

    def send(self, *messages):
        self.socket.sendall(b"".join(len(message).to_bytes(4, "big") + message for message in messages))

    def frame(self):
        while (missing := self.missing()) > 0:
            piece = self.socket.recv(max(missing, 65_536))
            if not piece:
                fail(f"The helper ended a run after {self.received!r}.")
            self.received += piece
        end = 4 + int.from_bytes(self.received[:4], "big")
        message, self.received = self.received[4:end], self.received[end:]
        return message

    def missing(self):
        """Bytes of the next frame that have not come, as far as its length is known."""
        if len(self.received) < 4:
            return 4 - len(self.received)
        return 4 + int.from_bytes(self.received[:4], "big") - len(self.received)

    def wait_for_output(self):
        while self.first is None:
            self.take_event()
        return self

    def finish(self):
        while self.took is None:
            self.take_event()

    def take_event(self):
        message = self.frame()
        if message[0] != 1:
            fail(f"The helper failed in a run: {message!r}")
        now = time.monotonic() - self.began
        if message[1] == 1:
            self.first = self.first or now
            self.output += content_of(message[3:])
        elif message[1] == 2:
            self.took = now
            self.ending = message[2:4]


def content_of(data):
    """The bytes that begin here, behind their number. What follows, the place in the run, is of no use here."""
    end = next(index for index, byte in enumerate(data) if byte < 0x80)
    count = sum((byte & 0x7F) << 7 * index for index, byte in enumerate(data[:end + 1]))
    return data[end + 1:end + 1 + count]
