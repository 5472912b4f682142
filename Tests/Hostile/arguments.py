# Attack: hands over arguments that a shell or a list of lines would take apart (Judge0's newline in arguments).
# Arguments: ["two\nlines", "$(id)", "`id`", "; id", "'\"", "--help", "-", "*", "", "\u001b[31m", "%s", "--cpu=\n--meta=/etc/x"]
# Expect: exited 0
# Prints: as they are
# Weak: shell
# Succeeds: WORKED
import sys

expected = [
    "two\nlines", "$(id)", "`id`", "; id", "'\"", "--help", "-", "*", "", "\033[31m", "%s", "--cpu=\n--meta=/etc/x",
]
print("as they are" if sys.argv[1:] == expected else f"WORKED: {sys.argv[1:]}")
