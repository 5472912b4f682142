"""A program that has programs run: a client of the execute API."""
import http.client
import json
import re

from .visitor import Visitor


class Caller(Visitor):
    """A program of somebody's, with a token and without cookies."""

    def __init__(self, owner, root="/api/v2"):
        super().__init__(owner.site)
        page = owner.post("/account/tokens", {"name": "A program"}).text
        self.token = re.search(r"<code>(carrel_[^<]*)</code>", page)[1]
        self.root = root
        self.headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}

    def ask(self, request, **headers):
        return self.send("POST", f"{self.root}/execute", json.dumps(request).encode(), {**self.headers, **headers})

    def execute(self, program, language="python", **more):
        """Runs a program that is one text, or {name: text}."""
        files = [{"content": program}] if isinstance(program, str) else [
            {"name": name, "content": text} for name, text in program.items()
        ]
        answer = self.ask({"language": language, "version": "*", "files": files, **more})
        assert answer.status == 200, answer.text
        return answer.json

    def leave_behind(self, request):
        """Sends a request and goes away at once."""
        connection = http.client.HTTPConnection(self.site.host, self.site.port, timeout=60)
        connection.request("POST", f"{self.site.base}{self.root}/execute", json.dumps(request), self.headers)
        return connection
