# Attack: prints for ever.
# Expect: tooMuchOutput
while True:
    print("x" * 1000)
