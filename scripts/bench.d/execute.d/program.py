"""The program that most figures run."""

GREETING = "Hello from Carrel"
PROGRAM = f'print("{GREETING}")'
COMMAND = ["python3", "-u", "-c", PROGRAM]
