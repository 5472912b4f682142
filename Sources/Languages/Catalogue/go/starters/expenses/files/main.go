// Adds up expenses.csv by category. Open that file, change it, and run this again.
package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"strings"
)

func main() {
	file, err := os.Open("expenses.csv")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	defer file.Close()

	totals, err := addUp(file)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	show(totals)
}

// addUp gives the cents spent in each category, and says which lines it leaves out.
func addUp(input io.Reader) (map[string]int, error) {
	totals := map[string]int{}
	reader := csv.NewReader(input)
	if _, err := reader.Read(); err != nil { // the names of the columns
		return nil, fmt.Errorf("the first line: %w", err)
	}
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return totals, nil
		}
		if errors.Is(err, csv.ErrFieldCount) {
			fmt.Println("Left out:", err)
			continue
		}
		if err != nil {
			return nil, err
		}
		cents, err := parseCents(record[2])
		if err != nil {
			line, _ := reader.FieldPos(2)
			fmt.Printf("Line %d is left out: %v.\n", line, err)
			continue
		}
		totals[strings.TrimSpace(record[1])] += cents
	}
}

// parseCents reads an amount such as 12, 12.5 or 12.50. Whole numbers of cents add up without rounding.
func parseCents(text string) (int, error) {
	text = strings.TrimSpace(text)
	whole, part, _ := strings.Cut(text, ".")
	if whole == "" || len(part) > 2 || strings.Trim(whole+part, "0123456789") != "" || len(whole) > 12 {
		return 0, fmt.Errorf("%q is no amount", text)
	}
	cents := 0
	for _, digit := range whole + (part + "00")[:2] {
		cents = cents*10 + int(digit-'0')
	}
	return cents, nil
}

func show(totals map[string]int) {
	categories := make([]string, 0, len(totals))
	together := 0
	for category, cents := range totals {
		categories = append(categories, category)
		together += cents
	}
	// A map has no order of its own.
	sort.Slice(categories, func(i, j int) bool {
		a, b := categories[i], categories[j]
		return totals[a] > totals[b] || totals[a] == totals[b] && a < b
	})
	for _, category := range categories {
		bar := strings.Repeat("#", 30*totals[category]/max(totals[categories[0]], 1))
		fmt.Printf("%-10s%7d.%02d  %s\n", category, totals[category]/100, totals[category]%100, bar)
	}
	fmt.Printf("%-10s%7d.%02d\n", "together", together/100, together%100)
}

func max(a, b int) int {
	if a > b {
		return a
	}
	return b
}
