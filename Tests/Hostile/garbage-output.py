# Attack: prints what is no text, what looks like the protocols' frames, and what would make a terminal type commands.
# Expect: exited 0
# Weak: none because bytes are allowed; what is seen is that nobody stumbles over them
import os

for byte in range(256):
    os.write(1, bytes([byte]) * 50)
os.write(1, b"\x05\x00\x01\x00\x00\x00" * 1000)
os.write(1, b"\x1b]0;title\x07\x1b[6n\x1b[c\x1bP$q\"p\x1b\\\x1b]52;c;cm0gLXJm\x07\x1b[21t\x9b6n")
os.write(2, os.urandom(10_000))
