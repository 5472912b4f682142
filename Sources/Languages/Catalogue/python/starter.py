# Press Run, then type your name in the console below.

name = input("What is your name? ").strip() or "friend"
print(f"Hello, {name}!")

letters = sorted(set(name.lower()) - {" "})
print(f"Your name uses {len(letters)} different letters: {' '.join(letters)}")
