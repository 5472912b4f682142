"""What a workspace costs in memory in which nothing runs: how much site and helper grow, and the agent in it."""
import time

from carrel_bench.desk import ending, new_program, start, stop_workspace
from carrel_bench.engine import Engine
from carrel_bench.instance import Browser
from carrel_bench.memory import own_size, proportional_size
from carrel_bench.program import PROGRAM
from carrel_bench.report import median, say

WORKSPACES = 10
# Made before it is measured, so that what grows with the number of workspaces is counted and not what is made once.
EARLIER = 3
# Seconds until what runs left behind is tidied up.
PAUSE = 3


def megabytes(value):
    return f"{value / (1 << 20):.2f} MB"


def new_workspace(browser):
    """A project whose program has run; gives its number."""
    project, path, _ = new_program(browser, PROGRAM)
    run = start(browser, project, path)
    while not ending(browser, run):
        time.sleep(0.05)
    return project


def measure(instance, report):
    # What either has used before and is free now would hide what workspaces take.
    instance.configure_helper(spares=0)
    instance.restart("site")
    engine = Engine(instance)
    browser = Browser(instance).sign_in(*instance.new_person())
    projects = [new_workspace(browser) for _ in range(EARLIER)]

    def sizes():
        time.sleep(PAUSE)
        return {service: proportional_size([instance.pid(service)]) for service in ("site", "runner")}

    before = sizes()
    projects += [new_workspace(browser) for _ in range(WORKSPACES)]
    after = sizes()
    grown = {service: (after[service] - before[service]) / WORKSPACES for service in before}
    agents = [own_size(engine.inspect(container)["State"]["Pid"]) for container in engine.containers()]
    say(f"agents have {megabytes(min(agents))} to {megabytes(max(agents))}, the middle one {megabytes(median(agents))}")
    report.figure("memory per idle workspace", sum(grown.values()), at_most=2 << 20, show=megabytes)
    report.figure("of that, site", grown["site"], show=megabytes)
    report.figure("of that, helper", grown["runner"], show=megabytes)
    report.figure("memory of an agent, its text aside", max(agents), at_most=1 << 20, show=megabytes)
    for project in projects:
        stop_workspace(browser, project)
