#include "roman.h"

#include <string.h>

// Largest first; the pairs with a smaller letter before a larger one count as letters of their own.
static const struct {
    int value;
    const char *symbol;
} symbols[] = {
    {1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"},
    {40, "XL"},  {10, "X"},   {9, "IX"},  {5, "V"},    {4, "IV"},  {1, "I"},
};
static const size_t symbol_count = sizeof symbols / sizeof symbols[0];

bool to_roman(int number, char numeral[static ROMAN_SIZE]) {
    if (number < 1 || number > 3999) {
        return false;
    }
    numeral[0] = '\0';
    for (size_t i = 0; i < symbol_count; i++) {
        for (; number >= symbols[i].value; number -= symbols[i].value) {
            strcat(numeral, symbols[i].symbol); // fits: see ROMAN_SIZE
        }
    }
    return true;
}

bool from_roman(const char *numeral, int *number) {
    int sum = 0;
    const char *rest = numeral;
    // A longer text can't be a numeral, and could make the sum too large for an int.
    if (strlen(numeral) >= ROMAN_SIZE) {
        return false;
    }
    for (size_t i = 0; i < symbol_count; i++) {
        size_t length = strlen(symbols[i].symbol);
        for (; strncmp(rest, symbols[i].symbol, length) == 0; rest += length) {
            sum += symbols[i].value;
        }
    }
    // IIII or VX would come through: only what we would write ourselves is a numeral.
    char canonical[ROMAN_SIZE];
    if (!to_roman(sum, canonical) || strcmp(canonical, numeral) != 0) {
        return false;
    }
    *number = sum;
    return true;
}
