# Attack: takes memory until there is none.
# Expect: outOfMemory
kept = []
while True:
    kept.append(bytearray(10_000_000))
