"""Adds up expenses.csv by category. Open that file, change it, and run this again."""

import csv
from collections import defaultdict
from decimal import Decimal, InvalidOperation

WIDTH = 30  # characters of the longest bar


def read(path):
    """Yields (category, amount) for each good line of the file, and says what is wrong with the others."""
    with open(path, newline="", encoding="utf-8") as file:
        lines = csv.DictReader(file)
        for line in lines:
            try:
                # Decimal and not float: 0.1 + 0.2 is 0.3 for money.
                amount = Decimal(line["amount"])
            except (InvalidOperation, TypeError):
                print(f"Line {lines.line_num} is left out: {line['amount']!r} is no amount.")
                continue
            yield line["category"].strip(), amount


def main():
    totals = defaultdict(Decimal)
    for category, amount in read("expenses.csv"):
        totals[category] += amount
    if not totals:
        print("There is nothing to add up.")
        return

    largest = max(totals.values())
    for category, total in sorted(totals.items(), key=lambda pair: pair[1], reverse=True):
        bar = "#" * round(WIDTH * total / largest) if largest > 0 else ""
        print(f"{category:10}{total:>10.2f}  {bar}")
    print(f"{'together':10}{sum(totals.values()):>10.2f}")


if __name__ == "__main__":
    main()
