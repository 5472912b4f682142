"""Programs that use the execute API with a token."""
import http.client
import json
import re
import time

from carrel_bench.instance import Browser
from carrel_bench.program import GREETING, PROGRAM
from carrel_bench.report import fail

JOB = json.dumps({"language": "python", "version": "*", "files": [{"content": PROGRAM}]})


def new_token(instance):
    """A token of somebody new."""
    browser = Browser(instance).sign_in(*instance.new_person())
    page = browser.post("/account/tokens", form={"name": "bench"}, expect=(201,)).body.decode()
    return re.search(r"<code>(carrel_[^<]*)</code>", page)[1]


class Caller:
    """One connection that is kept alive."""

    def __init__(self, instance, token):
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.path = f"{instance.base}/api/v2/execute"
        self.connection = http.client.HTTPConnection("127.0.0.1", instance.port, timeout=60)

    def ask(self):
        """Sends the job; gives the answer's status, headers and body."""
        self.connection.request("POST", self.path, JOB, self.headers)
        response = self.connection.getresponse()
        return response.status, response.headers, response.read()

    def execute(self):
        """Runs the job; gives the seconds until the answer is here."""
        began = time.monotonic()
        status, _, body = self.ask()
        took = time.monotonic() - began
        if not is_right(status, body):
            fail(f"A job was answered {status}: {body[:300]!r}")
        return took


def is_right(status, body):
    return status == 200 and json.loads(body)["run"]["stdout"].strip() == GREETING
