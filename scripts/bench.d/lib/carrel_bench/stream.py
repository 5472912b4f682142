"""A reader of the live stream: one connection, one GET /live, and what comes on it."""
import socket
import time
import urllib.parse

from carrel_bench.report import fail

# Seconds that an answer may take.
PATIENCE = 30


class Stream:
    """An open stream. `fileno` makes it fit for a selector."""

    def __init__(self, browser, channels):
        self.channels = channels
        self.socket = socket.create_connection(
            ("127.0.0.1", browser.instance.port), timeout=PATIENCE, source_address=(browser.address, 0)
        )
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        query = "&".join("c=" + urllib.parse.quote(channel) for channel in channels)
        self.socket.sendall(
            f"GET {browser.instance.base}/live?{query} HTTP/1.1\r\nHost: 127.0.0.1:{browser.instance.port}\r\n"
            f"Accept: text/event-stream\r\nCookie: {browser.cookie_header}\r\n\r\n".encode()
        )
        self.bytes = b""

    def fileno(self):
        return self.socket.fileno()

    def close(self):
        self.socket.close()

    def take(self):
        """Adds what has come; waits when nothing has."""
        try:
            piece = self.socket.recv(262_144)
        except TimeoutError:
            fail(f"Nothing came on a live stream within {PATIENCE} s; was one of the limits of the site reached?")
        if not piece:
            fail(f"A live stream ended: {self.bytes[-300:]!r}")
        self.bytes += piece

    def has(self, part):
        """Whether this has come. Messages are small, so each is one chunk of the answer, never cut in two."""
        return part in self.bytes

    def wait_until_open(self):
        """Waits for what the hub says first on each channel."""
        deadline = time.monotonic() + PATIENCE
        while self.bytes.count(b"data:") < len(self.channels):
            self.take()
            if b" 200 " not in self.bytes[:20] or time.monotonic() > deadline:
                fail(f"A live stream did not open: {self.bytes[:300]!r}")
        self.bytes = b""
        return self
