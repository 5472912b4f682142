"""Every page in every state that it has. A scene gets a `Stage` and gives the page."""
from . import (
    administration, bench, media, pages, plain, problems, project_list, servers, sharing, templates, workbench
)
from .stage import SCENES, Stage

__all__ = [
    "SCENES", "Stage", "administration", "bench", "media", "pages", "plain", "problems", "project_list",
    "servers", "sharing", "templates", "workbench",
]
