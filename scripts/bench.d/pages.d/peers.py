"""The peers of the pages: each a program that answers on a Unix socket, behind an nginx with the instance's settings."""
import contextlib
import json
import re
import secrets
import socket
import subprocess
import time
from pathlib import Path

from carrel_bench.report import fail

HERE = Path(__file__).parent
THREADS = 32


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextlib.contextmanager
def running(peers):
    """Starts peers and ends them afterwards, whatever happens."""
    with contextlib.ExitStack() as stack:
        for peer in peers:
            stack.callback(peer.stop)
            peer.start()
        yield


class Peer:
    """A program and its nginx. Subclasses give the program's command and how nginx is to talk to it."""

    path = "/projects"

    def __init__(self, instance, scratch, name):
        self.instance = instance
        self.directory = scratch / name
        for part in ("", "run", "log", "lib/web"):
            (self.directory / part).mkdir(exist_ok=True, parents=True)
        self.directory.chmod(0o755)
        self.socket = self.directory / "socket"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}{instance.base}{self.path}"
        self.processes = []

    def start(self):
        settings = self.directory / "nginx.conf"
        settings.write_text(self.nginx_settings((self.instance.state / "etc/nginx.conf").read_text()))
        self.run(self.command())
        self.run(["/usr/sbin/nginx", "-p", self.directory, "-c", settings, "-e", self.directory / "log/nginx.log"]
                 + ["-g", "daemon off;"])
        deadline = time.monotonic() + 20
        while not (self.socket.exists() and self.is_listening()):
            if time.monotonic() > deadline or any(one.poll() is not None for one in self.processes):
                fail(f"A peer did not start: {(self.directory / 'log/output').read_text()[-2000:]}")
            time.sleep(0.05)

    def run(self, command, **options):
        with open(self.directory / "log/output", "ab") as log:
            self.processes.append(
                subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                 **options)
            )

    def is_listening(self):
        with socket.socket() as one:
            return one.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self):
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            process.wait(30)

    def nginx_settings(self, text):
        """The instance's own settings with another port, another socket and places of their own to write to."""
        site = self.instance.settings["CARREL_FASTCGI_SOCKET"]
        text = text.replace(f"unix:{site}", f"unix:{self.socket}")
        text = re.sub(r"listen \S+", f"listen 127.0.0.1:{self.port}", text)
        text = text.replace(f"{self.instance.state}/lib/web", f"{self.directory}/lib/web")
        text = text.replace(f"{self.instance.state}/run/nginx.pid", f"{self.directory}/run/nginx.pid")
        return text.replace(f"{self.instance.state}/log", f"{self.directory}/log")

    def get(self, browser):
        command = ["curl", "--silent", "--fail", "--max-time", "10", "--cookie", browser.cookie_header, self.url]
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode != 0:
            fail(f"{self.url} does not answer: {(self.directory / 'log/output').read_text()[-2000:]}")
        return done.stdout

    def shared_settings(self, frame):
        """What the peers that draw the list must know."""
        languages = {}
        for file in Path(self.instance.settings["CARREL_LANGUAGES"]).glob("*/language.json"):
            language = json.loads(file.read_text())
            languages[language["id"]] = language["name"]
        return {
            "socket": self.instance.settings["CARREL_DATABASE_SOCKET"],
            "cookie": frame.cookie,
            "base": self.instance.base,
            "secret": secrets.token_hex(32),
            "languages": languages,
        }


class HelloPeer(Peer):
    path = "/sign-in"

    def __init__(self, instance, scratch, name, length):
        super().__init__(instance, scratch, name)
        self.program = scratch / "hello"
        self.length = length

    def command(self):
        return [self.program, self.socket, THREADS, self.length]


class PHPPeer(Peer):
    """PHP-FPM with the op-code cache, as many children as nginx keeps connections busy, and kept database connections."""

    def __init__(self, instance, scratch, frame):
        super().__init__(instance, scratch, "php-fpm")
        for name in ("list.php", "row.php"):
            (self.directory / name).write_text((HERE / "php" / name).read_text())
        marks = {name: f"<?= h(${name}) ?>" for name in ("csrf", "nonce")}
        marks["username"] = "<?= h($reader['username']) ?>"
        (self.directory / "head.php").write_text(frame.filled(frame.head, **marks))
        (self.directory / "tail.php").write_text(frame.filled(frame.tail, **marks))
        settings = json.dumps(self.shared_settings(frame))
        (self.directory / "settings.php").write_text(f"<?php\nreturn json_decode('{settings}', true);\n")

    def command(self):
        settings = self.directory / "fpm.conf"
        settings.write_text(f"""
[global]
daemonize = no
error_log = {self.directory}/log/fpm.log
[list]
user = carrel
group = carrel
listen = {self.socket}
listen.owner = www-data
listen.backlog = 1024
pm = static
pm.max_children = {THREADS}
""")
        program = sorted(Path("/usr/sbin").glob("php-fpm*"))[-1]
        options = ["opcache.enable=1", "opcache.validate_timestamps=0", "mysqli.allow_persistent=1"]
        return [program, "-F", "-y", settings] + [word for option in options for word in ("-d", option)]

    def nginx_settings(self, text):
        mark = 'fastcgi_param HTTP_PROXY "";'
        return super().nginx_settings(text).replace(
            mark, f"{mark}\n        fastcgi_param SCRIPT_FILENAME {self.directory}/list.php;"
        )


class FlaskPeer(Peer):
    """Flask under gunicorn with two workers that answer one request at a time; as root, whose cache its modules are in."""

    def __init__(self, instance, scratch, name, frame, gunicorn, *, kept):
        super().__init__(instance, scratch, name)
        self.gunicorn = gunicorn
        templates = self.directory / "templates"
        templates.mkdir()
        marks = {name: f"{{{{ {name} }}}}" for name in ("csrf", "nonce", "username")}
        row = (HERE / "flask/row.html").read_text()
        rows = f"{{% for project in projects %}}{row}{{% endfor %}}"
        (templates / "list.html").write_text(frame.filled(frame.head + rows + frame.tail, **marks))
        (self.directory / "app.py").write_text((HERE / "flask/app.py").read_text())
        settings = self.shared_settings(frame) | {"templates": str(templates), "kept": kept}
        (self.directory / "settings.json").write_text(json.dumps(settings))

    def command(self):
        return ["env", f"BENCH_SETTINGS={self.directory}/settings.json", self.gunicorn, "--workers", "2"] + [
            "--worker-class", "sync", "--umask", "0", "--backlog", "1024", "--bind", f"unix:{self.socket}",
            "--chdir", self.directory, "app:app",
        ]

    def nginx_settings(self, text):
        return super().nginx_settings(text).replace(
            "fastcgi_pass site;", "proxy_pass http://site;\n            proxy_set_header X-Request-ID $request_id;"
        )
