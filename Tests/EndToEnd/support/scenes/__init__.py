"""Every page in every state that it has. A scene gets a `Stage` and gives the page."""
from . import administration, bench, pages, plain, problems, servers, sharing, workbench
from .stage import SCENES, Stage

__all__ = [
    "SCENES", "Stage", "administration", "bench", "pages", "plain", "problems", "servers", "sharing", "workbench"
]
