"""measure.py STATE: see scripts/bench.d/execute."""
import http.client
import json
import re
import sys
import time

from carrel_bench.docker import Docker
from carrel_bench.instance import Browser, Instance
from carrel_bench.report import Report, fail, in_turn, median, percentile

GREETING = "Hello from Carrel"
PROGRAM = f'print("{GREETING}")'

# Jobs come one at a time and leave time for the container that was used to be replaced.
JOBS = 25
PAUSE = 0.5


class Caller:
    """A program with a token and one connection that is kept alive."""

    def __init__(self, instance):
        browser = Browser(instance).sign_in(*instance.new_person())
        page = browser.post("/account/tokens", form={"name": "bench"}, expect=(201,)).body.decode()
        self.headers = {
            "Authorization": "Bearer " + re.search(r"<code>(carrel_[^<]*)</code>", page)[1],
            "Content-Type": "application/json",
        }
        self.path = f"{instance.base}/api/v2/execute"
        self.connection = http.client.HTTPConnection("127.0.0.1", instance.port, timeout=60)
        self.job = json.dumps({"language": "python", "version": "*", "files": [{"content": PROGRAM}]})

    def execute(self):
        """Runs the program; gives the seconds until the answer is here."""
        time.sleep(PAUSE)
        began = time.monotonic()
        self.connection.request("POST", self.path, self.job, self.headers)
        response = self.connection.getresponse()
        body = response.read()
        took = time.monotonic() - began
        if response.status != 200 or json.loads(body)["run"]["stdout"].strip() != GREETING:
            fail(f"A job was answered {response.status}: {body[:300]!r}")
        return took


def main():
    instance = Instance(sys.argv[1])
    caller = Caller(instance)
    caller.execute()
    docker = Docker(instance, ["python3", "-u", "-c", PROGRAM], GREETING)
    rounds = in_turn({
        "ours": lambda: [caller.execute() for _ in range(JOBS)],
        "docker": lambda: [docker.whole_run() for _ in range(5)],
    })
    ours = [took for times in rounds["ours"] for took in times]
    peer = median(took for times in rounds["docker"] for took in times)
    report = Report("execute")
    report.figure("hello, median, docker run", median(ours), peer, at_most=1 / 12)
    report.figure("hello, p99, docker run's median", percentile(ours, 0.99), peer, at_most=1 / 4)
    report.end()


main()
