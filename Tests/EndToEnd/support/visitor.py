"""Plain HTTP, as a program speaks it that is no browser: nothing is checked, followed or tidied up on the way."""
import base64
import http.client
import json
import re
import socket
import urllib.parse


class Answer:
    """What came back: `status`, `headers` (every one, in order), `body`."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    @property
    def json(self):
        return json.loads(self.body)

    def all(self, name):
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def header(self, name):
        """The header's value, None when there is none; two are a fault."""
        values = self.all(name)
        assert len(values) < 2, f"{name} came {len(values)} times"
        return values[0] if values else None

    @property
    def csrf(self):
        return re.search(r'<meta name="csrf-token" content="([^"]*)"', self.text)[1]


class Visitor:
    """Somebody with a cookie jar. Paths are below the base path."""

    def __init__(self, site):
        self.site = site
        self.cookies = {}
        self._csrf = None

    def send(self, method, path, body=None, headers=None, base=True):
        """Sends one request as it is; redirects are answers like others."""
        connection = http.client.HTTPConnection(self.site.host, self.site.port, timeout=60)
        sent = {"Host": f"{self.site.host}:{self.site.port}"}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent.update(headers or {})
        target = (self.site.base if base else "") + path
        connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
        if body is not None and "Content-Length" not in sent and "Transfer-Encoding" not in sent:
            sent["Content-Length"] = str(len(body))
        for name, value in sent.items():
            if value is not None:
                connection.putheader(name, value)
        try:
            connection.endheaders(body)
        except BrokenPipeError:
            pass  # refused before it was read: the answer says why
        response = connection.getresponse()
        answer = Answer(response.status, response.getheaders(), response.read())
        connection.close()
        self._keep_cookies(answer)
        return answer

    def get(self, path, headers=None):
        return self.send("GET", path, headers=headers)

    def get_json(self, path):
        answer = self.get(path, {"Accept": "application/json"})
        assert answer.status == 200, answer.text
        return answer.json

    @property
    def csrf(self):
        """A token for the session as it is now."""
        if self._csrf is None:
            self._csrf = self.get("/no-such-page").csrf
        return self._csrf

    def post(self, path, fields=None, headers=None, csrf=True):
        """Posts a form, with its token unless told otherwise."""
        pairs = dict(fields or {})
        if csrf:
            pairs.setdefault("_csrf", self.csrf)
        body = urllib.parse.urlencode(pairs).encode()
        return self.send("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})})

    def post_json(self, path, value, headers=None):
        sent = {"Content-Type": "application/json", "Accept": "application/json", "X-CSRF-Token": self.csrf}
        return self.send("POST", path, json.dumps(value).encode(), {**sent, **(headers or {})})

    def post_files(self, path, field, files):
        """Posts a form with files, `(name, bytes)` each, as the site's scripts do."""
        body = b""
        for name, content in files:
            head = f'Content-Disposition: form-data; name="{field}"; filename="{name}"'
            body += f"--b0undary\r\n{head}\r\n\r\n".encode() + content + b"\r\n"
        headers = {
            "Content-Type": "multipart/form-data; boundary=b0undary", "Accept": "application/json",
            "X-CSRF-Token": self.csrf,
        }
        return self.send("POST", path, body + b"--b0undary--\r\n", headers)

    def _keep_cookies(self, answer):
        for line in answer.all("Set-Cookie"):
            name, value = line.split(";")[0].split("=", 1)
            if "max-age=0" in line.lower():
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
            if not name.endswith("-flash"):
                self._csrf = None


def raw(site, data, read=65_536):
    """Sends bytes to the front door and gives what comes back until it closes or falls silent."""
    with socket.create_connection((site.host, site.port), timeout=20) as connection:
        connection.sendall(data)
        connection.settimeout(3)
        received = b""
        try:
            while len(received) < read and (piece := connection.recv(read)):
                received += piece
        except (TimeoutError, ConnectionResetError):
            pass
        return received


def from_base64(text):
    return base64.b64decode(text)
