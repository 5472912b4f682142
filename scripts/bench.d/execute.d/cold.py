"""A hello at the helper's socket when no container waits, to its first byte; beside the Engine's own API: a container
with the same settings is made, attached to and started, and has the program for its first process."""
from carrel_bench.engine import Engine
from carrel_bench.helper import Helper
from carrel_bench.program import COMMAND, GREETING, PROGRAM
from carrel_bench.report import fail, in_turn, median


def measure(instance, report):
    instance.configure_helper(spares=0)
    engine = Engine(instance)
    helper = Helper(instance)
    # A workspace shows which settings the helper gives to its containers.
    helper.run(PROGRAM, GREETING, helper.new_workspace())
    spec = same_settings(engine.inspect(engine.containers().pop()))

    def ours():
        took = helper.run(PROGRAM, GREETING).first
        engine.wait_for(1)
        return took

    def raw():
        took, printed = engine.first_byte(spec)
        if printed != GREETING:
            fail(f"A container of the Engine's API printed {printed!r}.")
        return took

    contestants = {"ours": lambda: median(ours() for _ in range(4)), "raw": lambda: median(raw() for _ in range(4))}
    for contestant in contestants.values():
        contestant()
    times = {name: median(values) for name, values in in_turn(contestants).items()}
    report.figure("first byte without spares, Engine's API", times["ours"], times["raw"], at_most=1.2)


def same_settings(found):
    """How to make such a container with our program in the place of the agent."""
    return {
        **found["Config"],
        "HostConfig": found["HostConfig"],
        "Labels": {},
        "Entrypoint": COMMAND,
        "Cmd": [],
        "User": "1000:1000",
        "WorkingDir": "/home/coder",
    }
