"""People who sign in all at once, and again as soon as they are in."""
import threading
import time

from carrel_bench.instance import Browser
from carrel_bench.report import fail


class Crowd:
    """A context in which each of these people signs in over and over. `rates` has the sign-ins a second of each use."""

    def __init__(self, instance, count):
        self.instance = instance
        self.people = [instance.new_person() for _ in range(count)]
        self.rates = []

    def __enter__(self):
        self.is_over = threading.Event()
        self.counts = [0] * len(self.people)
        self.began = time.monotonic()
        self.threads = [threading.Thread(target=self.sign_in, args=(index,)) for index in range(len(self.people))]
        for thread in self.threads:
            thread.start()
        # Until everybody has been in line once, the line is not full.
        while min(self.counts) == 0 and all(thread.is_alive() for thread in self.threads):
            time.sleep(0.02)
        return self

    def __exit__(self, *_):
        self.is_over.set()
        for thread in self.threads:
            thread.join()
        if min(self.counts) == 0:
            fail("Not everybody of the crowd could sign in.")
        self.rates.append(sum(self.counts) / (time.monotonic() - self.began))

    def sign_in(self, index):
        name, password = self.people[index]
        while not self.is_over.is_set():
            visitor = Browser(self.instance)
            visitor.read_token("/sign-in")
            visitor.post("/sign-in", form={"login": name, "password": password}, expect=(303,))
            visitor.connection.close()
            self.counts[index] += 1
