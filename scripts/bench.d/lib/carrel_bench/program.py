"""The program that most figures of runs are about."""

GREETING = "Hello from Carrel"
PROGRAM = f'print("{GREETING}")'
COMMAND = ["python3", "-u", "-c", PROGRAM]
