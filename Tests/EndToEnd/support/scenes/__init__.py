"""Every page in every state that it has. A scene gets a `Stage` and gives the page."""
from . import administration, pages, plain, sharing, workbench
from .stage import SCENES, Stage

__all__ = ["SCENES", "Stage", "administration", "pages", "plain", "sharing", "workbench"]
