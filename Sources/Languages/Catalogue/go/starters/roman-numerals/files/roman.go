package main

import (
	"fmt"
	"strings"
)

// Largest first; the pairs with a smaller letter before a larger one count as letters of their own.
var symbols = []struct {
	value  int
	symbol string
}{
	{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"},
	{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"},
	{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
}

// ToRoman gives the numeral for a number from 1 to 3999.
func ToRoman(number int) (string, error) {
	if number < 1 || number > 3999 {
		return "", fmt.Errorf("there is no numeral for %d", number)
	}
	var numeral strings.Builder
	for _, s := range symbols {
		numeral.WriteString(strings.Repeat(s.symbol, number/s.value))
		number %= s.value
	}
	return numeral.String(), nil
}

// FromRoman gives the number that a numeral stands for; small letters count as well.
func FromRoman(numeral string) (int, error) {
	letters := strings.ToUpper(strings.TrimSpace(numeral))
	number, rest := 0, letters
	for _, s := range symbols {
		for strings.HasPrefix(rest, s.symbol) {
			number += s.value
			rest = rest[len(s.symbol):]
		}
	}
	// IIII or VX would come through: only what we would write ourselves is a numeral.
	if canonical, err := ToRoman(number); err != nil || canonical != letters {
		return 0, fmt.Errorf("%q is no Roman numeral", numeral)
	}
	return number, nil
}
