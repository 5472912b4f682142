"""What no page may do, heard by everything a browser tells: errors, refused styles, requests to anywhere else."""
import re


class Watch:
    """Listens to a browser context. `faults` are lines that say what was wrong."""

    def __init__(self, context, site):
        self.faults = []
        self.urls = []
        self._site = site
        self._allowed = []
        context.on("console", self._console)
        context.on("weberror", lambda error: self._fault(f"error in a page: {error.error}"))
        context.on("request", self._request)
        context.on("response", self._response)

    def allow(self, *patterns):
        """Lets a fault pass that a test brings about on purpose."""
        self._allowed += patterns
        self.faults = [fault for fault in self.faults if not self._is_allowed(fault)]

    def allow_outage(self):
        """For tests that take the network or a program away."""
        self.allow(r"net::ERR_", r"status of 50[234]", r"^50[234] ", r"Failed to fetch")

    def _console(self, message):
        if message.type == "error":
            self._fault(f"console of {message.page.url if message.page else '?'}: {message.text}")

    def _request(self, request):
        self.urls.append(request.url)
        if request.url.startswith(("data:", "blob:")):
            return
        if request.url != self._site.address and not request.url.startswith(self._site.address + "/"):
            self._fault(f"request outside of the site: {request.url}")

    def _response(self, response):
        if response.status >= 500:
            self._fault(f"{response.status} {response.request.method} {response.url}")

    def _fault(self, line):
        if not self._is_allowed(line):
            self.faults.append(line)

    def _is_allowed(self, line):
        return any(re.search(pattern, line) for pattern in self._allowed)
