"""What scenes are played with, and the list of them."""
from ..person import Person
from ..visitor import Visitor

SCENES = {}


def scene(function):
    """Adds a scene to the list under its own name, which no other may have."""
    name = function.__name__.replace("_", "-")
    if name in SCENES:
        raise ValueError(f"there are two scenes called {name}")
    SCENES[name] = function
    return function


class Stage:
    """What a scene is played with: an instance, and browsers from the fixture `browse`."""

    def __init__(self, site, browse):
        self.site = site
        self._browse = browse

    def visitor(self):
        return self._browse(Visitor(self.site))

    def ada(self):
        return Person(self.site, "ada").sign_up()

    def browse(self, person):
        return self._browse(person)

    def bench(self, program=None, faults=()):
        """A workbench with scripts, with a few files in folders."""
        ada = self.ada()
        project = ada.new_project("Anagrams", program=program)
        for path in ("words/short.txt", "words/long.txt", "README.md"):
            project.add(path, "lamp\n")
        browsing = self.browse(ada)
        browsing.watch.allow(*faults)
        return browsing.open(project)

    def plain(self, person):
        return self._browse(person).without_scripts()
