"""isolate, the sandbox of programming contests, where it is installed. It is in no Debian package."""
import os
import shutil
import subprocess

from carrel_bench.docker import duration
from carrel_bench.report import fail

# Without --cg: control groups would take more time, and isolate 2 knows only those of version 2.
LIMITS = ["--processes=128", "--mem=524288", "--fsize=65536", "--time=60", "--wall-time=600"]


def find_isolate():
    """The program, or None."""
    return os.environ.get("CARREL_BENCH_ISOLATE") or shutil.which("isolate")


class Isolate:
    """A box that is made, used once and cleaned up, all by one shell, so that its three commands cost a fork each."""

    def __init__(self, isolate, program, greeting):
        self.greeting = greeting
        words = [f"--env=PATH={os.defpath}", "--env=PYTHONDONTWRITEBYTECODE=1", "--run", "--"]
        self.command = [
            "sh", "-c", '"$0" --init >/dev/null && "$0" --silent "$@" && "$0" --cleanup',
            isolate, *LIMITS, *words, shutil.which(program[0], path="/usr/bin"), *program[1:],
        ]

    def whole_run(self):
        """Seconds until the box is gone."""
        return duration(self.run)

    def run(self):
        done = subprocess.run(self.command, capture_output=True, text=True, check=False)
        if done.returncode != 0 or done.stdout.strip() != self.greeting:
            fail(f"isolate printed {done.stdout!r} and said {done.stderr.strip()!r}.")
