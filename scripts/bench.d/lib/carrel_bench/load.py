"""wrk: many readers who ask again as soon as they are answered."""
import json
import subprocess
from pathlib import Path

from carrel_bench.report import fail

SCRIPT = Path(__file__).with_name("load.lua")


class Load:
    """What wrk saw: answers a second, and seconds until half and 99 of 100 of them had come."""

    def __init__(self, data):
        self.rate = data["requests"] / data["duration"] * 1e6
        self.half = data["p50"] / 1e6
        self.p99 = data["p99"] / 1e6


def load(url, *, connections=16, seconds=3, headers=None):
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(SCRIPT)]
    for name, value in (headers or {}).items():
        command += ["-H", f"{name}: {value}"]
    done = subprocess.run(command + [url], capture_output=True, text=True, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode != 0 or not lines:
        fail(f"wrk could not measure {url}: {done.stdout}{done.stderr}")
    data = json.loads(lines[-1])
    if data["errors"] > 0:
        fail(f"{data['errors']} of {data['requests']} requests to {url} failed.")
    return Load(data)
