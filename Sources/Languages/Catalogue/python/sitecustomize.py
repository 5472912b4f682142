
import os

if "CARREL_WAITING" in os.environ:
    import site
    import sys

    names = {}
    with open("/usr/local/lib/carrel/waiting.py") as file:
        exec(compile(file.read(), file.name, "exec"), names)
    names["wait"](os, site, sys)
    del file, names, site, sys
