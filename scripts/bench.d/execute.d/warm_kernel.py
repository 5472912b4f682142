"""warm_kernel.py PROGRAM GREETING: a Jupyter kernel that has run before. For each line of its input it executes the
program and prints the seconds until the kernel has told its output and its end."""
import subprocess
import sys
import time

from jupyter_client.manager import start_new_kernel


def execute(client, program, greeting):
    printed = ""
    began = time.monotonic()
    asked = client.execute(program)
    while True:
        message = client.get_iopub_msg(timeout=30)
        if message["parent_header"].get("msg_id") != asked:
            continue
        if message["msg_type"] == "stream":
            printed += message["content"]["text"]
        elif message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            break
    took = time.monotonic() - began
    if printed.strip() != greeting:
        sys.exit(f"The kernel printed {printed!r}.")
    return took


def main():
    program, greeting = sys.argv[1:]
    manager, client = start_new_kernel(stderr=subprocess.DEVNULL)
    try:
        for _ in range(5):
            execute(client, program, greeting)
        for _ in sys.stdin:
            print(execute(client, program, greeting), flush=True)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


main()
