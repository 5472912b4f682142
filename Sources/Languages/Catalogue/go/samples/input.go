package main

import (
	"fmt"
	"io"
)

func main() {
	var name string
	fmt.Scanln(&name)

	sum := 0
	for {
		var number int
		if _, err := fmt.Scan(&number); err == io.EOF {
			break
		}
		sum += number
	}
	fmt.Printf("%s's numbers add up to %d\n", name, sum)
}
