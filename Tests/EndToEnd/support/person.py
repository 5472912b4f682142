"""People of the tests and what is theirs."""
import contextlib
import secrets
import urllib.parse

from .instance import eventually
from .visitor import Visitor, from_base64

PASSWORD = "a quiet desk for code"


class Person(Visitor):
    """Somebody with an account, signed in."""

    def __init__(self, site, name):
        super().__init__(site)
        self.name = f"{name}-{secrets.token_hex(5)}"
        self.email = f"{self.name}@example.org"
        self.password = PASSWORD

    def sign_up(self):
        fields = {"username": self.name, "email": self.email, "password": self.password}
        answer = self.post("/sign-up", fields)
        if answer.status == 429:
            self.site.forget_attempts()
            answer = self.post("/sign-up", fields)
        assert answer.status == 303, answer.text
        self.forget_flash()
        return self

    def forget_flash(self):
        """The sentence for the next page would turn up on any that a test looks at."""
        self.cookies = {name: value for name, value in self.cookies.items() if not name.endswith("flash")}

    def elsewhere(self):
        """The same person signed in a second time, as on another device."""
        other = Person(self.site, "other")
        other.name, other.email = self.name, self.email
        answer = other.post("/sign-in", {"login": self.name, "password": self.password})
        assert answer.status == 303, answer.text
        return other

    @contextlib.contextmanager
    def administering(self):
        """They are an administrator while this lasts: one that stayed would take the setup page from other tests."""
        self._set_administrator("TRUE")
        try:
            yield self
        finally:
            self._set_administrator("FALSE")

    def _set_administrator(self, value):
        self.site.execute(f"UPDATE users SET is_administrator = {value} WHERE username = '{self.name}'")

    def new_project(self, name="Greetings", language="python", program=None):
        """A project of this language, its main file as it starts or with that program in it."""
        answer = self.post("/projects", {"name": name, "language": language})
        assert answer.status == 303, answer.text
        project = Project(self, int(answer.header("Location").rsplit("/", 1)[1]))
        if program is not None:
            project.save(project.files[0]["path"], program)
        return project


class Project:
    """A project of somebody, by its number."""

    def __init__(self, owner, number):
        self.owner = owner
        self.id = number

    def path(self, file):
        """The address of a file, below the base path."""
        return f"/projects/{self.id}/files/{urllib.parse.quote(file)}"

    @property
    def files(self):
        return self.owner.get_json(f"/projects/{self.id}/files.json")["files"]

    @property
    def paths(self):
        return [file["path"] for file in self.files]

    def file(self, path):
        return next(file for file in self.files if file["path"] == path)

    def content(self, path):
        """The document of a file: its id, version and text."""
        return self.owner.get_json(f"/documents/{self.file(path)['document']}")

    def text(self, path="main.py"):
        return self.content(path)["text"]

    def add(self, path, text=""):
        answer = self.owner.post_json(f"/projects/{self.id}/files", {"path": path})
        assert answer.status == 201, answer.text
        if text:
            self.save(path, text)
        return answer.json["file"]

    def save(self, path, text):
        content = self.content(path)
        answer = self.owner.post(f"/documents/{content['id']}/text", {"text": text, "version": content["version"]})
        assert answer.status == 303, answer.text

    def run(self, file="main.py"):
        """Starts a run as a script does; gives the run."""
        answer = self.owner.post_json(f"/projects/{self.id}/runs", {"rows": 24, "columns": 80, "file": file})
        assert answer.status == 201, answer.text
        return answer.json["run"]

    def output(self, run):
        """The run as it is now and what it has printed so far."""
        answer = self.owner.get_json(f"/runs/{run['id']}/output?from=0")
        return answer["run"], from_base64(answer["bytes"]).decode("utf-8", "replace")

    def finished(self, run, seconds=30):
        """Waits for the end of a run and gives it with its output."""
        eventually(lambda: self.output(run)[0]["state"] == "finished", seconds)
        return self.output(run)
