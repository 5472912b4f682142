package main

import "fmt"

func main() {
	numbers := []int{1, 2, 3}
	fmt.Println("before")
	index := len(numbers) + 4
	fmt.Println(numbers[index])
}
