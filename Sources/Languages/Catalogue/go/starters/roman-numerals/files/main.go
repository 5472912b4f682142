// Run compiles all files of the project together and starts main, which runs the tests here. In a project with a module,
// they would be functions TestXxx in roman_test.go, started by go test.
package main

import (
	"fmt"
	"os"
)

var passed, failed int

func check(ok bool, format string, values ...any) {
	if ok {
		passed++
		return
	}
	failed++
	fmt.Printf("FAILED "+format+"\n", values...)
}

func main() {
	known := []struct {
		number  int
		numeral string
	}{
		{1, "I"}, {4, "IV"}, {14, "XIV"}, {1990, "MCMXC"}, {2024, "MMXXIV"},
	}
	for _, test := range known {
		numeral, err := ToRoman(test.number)
		check(err == nil && numeral == test.numeral, "ToRoman(%d) = %q, %v", test.number, numeral, err)
	}
	for number := 1; number < 4000; number++ {
		numeral, _ := ToRoman(number)
		back, err := FromRoman(numeral)
		check(err == nil && back == number, "FromRoman(%q) = %d, %v", numeral, back, err)
	}
	number, err := FromRoman(" xlii ")
	check(err == nil && number == 42, "small letters and spaces: %d, %v", number, err)

	for _, text := range []string{"", "IIII", "VX", "IC", "MMMM", "XI V", "12"} {
		number, err := FromRoman(text)
		check(err != nil, "FromRoman(%q) = %d and no error", text, number)
	}
	for _, number := range []int{0, -1, 4000} {
		numeral, err := ToRoman(number)
		check(err != nil, "ToRoman(%d) = %q and no error", number, numeral)
	}

	fmt.Printf("%d passed, %d failed\n", passed, failed)
	if failed > 0 {
		os.Exit(1)
	}
}
