"""A running instance, known by its state directory, and the people who use it through its front door."""
import contextlib
import http.client
import http.cookies
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import time
import urllib.parse
from pathlib import Path

from carrel_bench.report import fail

SCRIPTS = Path(__file__).resolve().parents[3]


class Instance:
    """What scripts/start wrote down about an instance."""

    def __init__(self, state):
        self.state = Path(state)
        try:
            text = (self.state / "etc/site.env").read_text()
        except OSError:
            fail(f"There is no instance of Carrel in {state}.")
        self.settings = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
        self.port = int(self.settings["CARREL_PORT"])
        self.base = self.settings["CARREL_BASE_PATH"]
        self.origin = f"http://127.0.0.1:{self.port}"

    def pid(self, service):
        return int((self.state / f"run/{service}.pid").read_text().split()[0])

    def restart(self, service):
        """Ends a service and waits until its keeper has started it again."""
        before = self.pid(service)
        os.kill(before, signal.SIGTERM)
        self.wait_for_restart(service, before)

    def wait_for_restart(self, service, before):
        """Waits until a service that had this process has another one and answers."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError, IndexError):
                if self.pid(service) != before and self.answers(service):
                    return
            time.sleep(0.05)
        fail(f"{service} did not start again.")

    def answers(self, service):
        """Whether a service takes requests: the helper by its socket, the others by a page."""
        if service != "runner":
            return Browser(self).get("/healthz").status == 200
        with socket.socket(socket.AF_UNIX) as stream:
            stream.connect(self.settings["CARREL_RUNNER_SOCKET"])
        return True

    def helper_settings(self):
        return json.loads((self.state / "etc/runner.json").read_text())

    def configure_helper(self, **settings):
        """Gives the helper other settings than it was started with, which takes a restart: all containers end."""
        settings = {**self.helper_settings(), **settings}
        (self.state / "etc/runner.json").write_text(json.dumps(settings))
        self.restart("runner")

    def children(self, service):
        """The process of a service and those it has started."""
        pid = self.pid(service)
        return [pid] + [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def new_person(self):
        """Makes an account with the operator's command line and gives its name and password."""
        name = f"bench-{secrets.token_hex(6)}"
        password = secrets.token_hex(12)
        done = subprocess.run(
            [SCRIPTS / "carrel", "--state", self.state, "user", "add", "--username", name]
            + ["--email", f"{name}@example.org", "--password-stdin"],
            input=password + "\n", text=True, capture_output=True, check=False,
        )
        if done.returncode != 0:
            fail(f"An account for the bench could not be made: {done.stderr.strip()}")
        return name, password


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    def json(self):
        return json.loads(self.body)


class Browser:
    """One reader with cookies of their own and one connection that is kept alive."""

    # Each browser comes from a loopback address of its own, as people do: what is limited by address counts them apart.
    _addresses = 0

    def __init__(self, instance):
        self.instance = instance
        self.cookies = {}
        Browser._addresses += 1
        count = Browser._addresses
        self.address = f"127.9.{count // 250}.{count % 250 + 1}"
        self.connection = http.client.HTTPConnection(
            "127.0.0.1", instance.port, timeout=60, source_address=(self.address, 0)
        )
        self.token = None

    @property
    def cookie_header(self):
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def send(self, method, path, body=None, headers=None):
        headers = dict(headers or {})
        if self.cookies:
            headers["Cookie"] = self.cookie_header
        if method == "POST":
            headers["Origin"] = self.instance.origin
            headers.setdefault("X-CSRF-Token", self.token or "")
        self.connection.request(method, self.instance.base + path, body, headers)
        return self

    def answer(self, expect=(200,)):
        answer = Answer(self.connection.getresponse())
        if answer.status not in expect:
            fail(f"An answer was {answer.status}: {answer.body[:300]!r}")
        for header in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in http.cookies.SimpleCookie(header).items():
                self.cookies[name] = morsel.value
        return answer

    def get(self, path, **options):
        return self.send("GET", path).answer(**options)

    def post(self, path, *, form=None, data=None, expect=(200, 201, 204, 303)):
        if form is not None:
            body = urllib.parse.urlencode(form)
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
        else:
            body = json.dumps(data)
            headers = {"Content-Type": "application/json", "Accept": "application/json"}
        return self.send("POST", path, body, headers).answer(expect=expect)

    def read_token(self, path):
        """Fetches a page and remembers the form token on it."""
        page = self.get(path).body.decode()
        self.token = re.search(r'<meta name="csrf-token" content="([^"]+)"', page)[1]

    def sign_in(self, name, password):
        self.read_token("/sign-in")
        self.post("/sign-in", form={"login": name, "password": password}, expect=(303,))
        self.read_token("/projects")
        return self

    def new_project(self, name, language="python"):
        answer = self.post("/projects", form={"name": name, "language": language}, expect=(303,))
        return int(answer.headers["Location"].rsplit("/", 1)[1])

    def files(self, project):
        """The project's files as the workbench's scripts get them."""
        return self.get(f"/projects/{project}/files.json").json()["files"]
