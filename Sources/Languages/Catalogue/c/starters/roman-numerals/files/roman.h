#ifndef ROMAN_H
#define ROMAN_H

#include <stdbool.h>
#include <stddef.h>

// The longest numeral is MMMDCCCLXXXVIII.
enum { ROMAN_SIZE = 16 };

// Writes the numeral for a number from 1 to 3999. False when there is none.
bool to_roman(int number, char numeral[static ROMAN_SIZE]);

// Reads a numeral in capital letters. False when it is none; then *number is as it was.
bool from_roman(const char *numeral, int *number);

#endif
