"""Edits of one document, and the readers of its channel."""
import json
import secrets
import selectors
import time

from carrel_bench.report import fail
from carrel_bench.stream import Stream


class Sample:
    """Seconds after the POST of an edit was sent: until each reader had it, and until the POST was answered."""

    def __init__(self):
        self.received = []
        self.answered = []


class Readers:
    """So many streams on a document, spread over the browsers, and an editor that writes to it."""

    def __init__(self, browsers, place, count):
        project, self.document = place
        self.editor = browsers[0]
        self.client = secrets.token_hex(8)
        self.sequence = 0
        document = self.editor.get(f"/documents/{self.document}").json()
        self.version = document["version"]
        self.length = len(document["text"].encode("utf-16-le")) // 2
        channels = [f"project/{project}", f"document/{self.document}"]
        self.selector = selectors.DefaultSelector()
        self.streams = [Stream(browsers[number % len(browsers)], channels) for number in range(count)]
        for stream in self.streams:
            self.selector.register(stream.wait_until_open(), selectors.EVENT_READ, stream)

    def edit(self, count):
        """So many edits, each sent when all readers have the one before."""
        sample = Sample()
        for _ in range(count):
            self.edit_once(sample)
            time.sleep(0.005)
        return sample

    def edit_once(self, sample):
        self.sequence += 1
        # In turn one character is put before the text and taken away again.
        changes = [[0, "x"], self.length] if self.sequence % 2 else [[1], self.length]
        push = {"version": self.version, "client": self.client, "sequence": self.sequence, "changes": changes}
        self.version += 1
        mark = f'"client":"{self.client}","sequence":{self.sequence},'.encode()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        path = f"/documents/{self.document}/updates"
        began = time.monotonic()
        self.editor.send("POST", path, json.dumps(push), headers)
        self.selector.register(self.editor.connection.sock, selectors.EVENT_READ, None)
        waiting = len(self.streams) + 1
        while waiting:
            ready = self.selector.select(10)
            if not ready:
                fail(f"{waiting} readers did not get an edit within 10 s.")
            for key, _ in ready:
                waiting -= self.receive(key.data, mark, began, sample)

    def receive(self, stream, mark, began, sample):
        """1 when what is awaited there has come, else 0."""
        if stream is None:
            sample.answered.append(time.monotonic() - began)
            self.selector.unregister(self.editor.connection.sock)
            self.editor.answer()
            return 1
        stream.take()
        if not stream.has(mark):
            return 0
        sample.received.append(time.monotonic() - began)
        stream.bytes = b""
        return 1
