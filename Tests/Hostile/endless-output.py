# Attack: prints for ever.
# Expect: tooMuchOutput
# Weak: output
# Succeeds: still running
while True:
    print("x" * 1000)
