"""Press Run: this file is the project's main file, and starts the tests."""

import unittest

from roman import from_roman, to_roman


class RomanTests(unittest.TestCase):
    def test_known_numbers(self):
        for number, numeral in [(1, "I"), (4, "IV"), (14, "XIV"), (1990, "MCMXC"), (2024, "MMXXIV")]:
            # subTest names the pair that fails, and goes on with the others.
            with self.subTest(number=number):
                self.assertEqual(to_roman(number), numeral)
                self.assertEqual(from_roman(numeral), number)

    def test_there_and_back(self):
        for number in range(1, 4000):
            self.assertEqual(from_roman(to_roman(number)), number)

    def test_small_letters_and_spaces_are_read(self):
        self.assertEqual(from_roman(" xlii "), 42)

    def test_what_is_no_numeral_is_refused(self):
        for text in ["", "IIII", "VX", "IC", "MMMM", "XI V", "12"]:
            with self.subTest(text=text), self.assertRaises(ValueError):
                from_roman(text)

    def test_numbers_without_a_numeral_are_refused(self):
        for number in [0, -1, 4000]:
            with self.subTest(number=number), self.assertRaises(ValueError):
                to_roman(number)


if __name__ == "__main__":
    unittest.main(verbosity=2)
