// Press Run: all files are compiled together, and main is here.

#include "roman.h"

#include <stdio.h>
#include <string.h>

static int passed, failed;

// A macro, so that it knows the line and the text of what it checks.
#define CHECK(condition)                                                          \
    do {                                                                          \
        if (condition) {                                                          \
            passed++;                                                             \
        } else {                                                                  \
            failed++;                                                             \
            printf("%s:%d: not true: %s\n", __FILE__, __LINE__, #condition);     \
        }                                                                         \
    } while (0)

int main(void) {
    const struct {
        int number;
        const char *numeral;
    } known[] = {{1, "I"}, {4, "IV"}, {14, "XIV"}, {1990, "MCMXC"}, {3888, "MMMDCCCLXXXVIII"}};
    char numeral[ROMAN_SIZE];
    int number = 0;

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        CHECK(to_roman(known[i].number, numeral) && strcmp(numeral, known[i].numeral) == 0);
    }
    for (int n = 1; n < 4000; n++) {
        CHECK(to_roman(n, numeral) && from_roman(numeral, &number) && number == n);
    }
    const char *wrong[] = {"", "IIII", "VX", "IC", "MMMM", "XI V", "12", "mm", "MMMMMMMMMMMMMMMMMMMM"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        CHECK(!from_roman(wrong[i], &number));
    }
    CHECK(!to_roman(0, numeral) && !to_roman(-1, numeral) && !to_roman(4000, numeral));

    printf("%d passed, %d failed\n", passed, failed);
    return failed == 0 ? 0 : 1;
}
