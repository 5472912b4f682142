"""Roman numerals from I to MMMCMXCIX."""

# Largest first; the pairs with a smaller letter before a larger one count as letters of their own.
SYMBOLS = [
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"),
    (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
]


def to_roman(number: int) -> str:
    """The numeral for a number from 1 to 3999."""
    if not 1 <= number <= 3999:
        raise ValueError(f"there is no numeral for {number}")
    numeral = ""
    for value, symbol in SYMBOLS:
        count, number = divmod(number, value)
        numeral += symbol * count
    return numeral


def from_roman(numeral: str) -> int:
    """The number that a numeral stands for; small letters count as well."""
    letters = numeral.strip().upper()
    number = 0
    rest = letters
    for value, symbol in SYMBOLS:
        while rest.startswith(symbol):
            number += value
            rest = rest[len(symbol):]
    # IIII or VX would come through: only what we would write ourselves is a numeral.
    if not 1 <= number <= 3999 or to_roman(number) != letters:
        raise ValueError(f"{numeral!r} is no Roman numeral")
    return number
