// Press Run, then type your name in the console below.

package main

import (
	"bufio"
	"fmt"
	"os"
	"sort"
	"strings"
)

func main() {
	fmt.Print("What is your name? ")
	line, _ := bufio.NewReader(os.Stdin).ReadString('\n')
	name := strings.TrimSpace(line)
	if name == "" {
		name = "friend"
	}
	fmt.Printf("Hello, %s!\n", name)

	seen := map[string]bool{}
	var letters []string
	for _, letter := range strings.ToLower(name) {
		text := string(letter)
		if letter != ' ' && !seen[text] {
			seen[text] = true
			letters = append(letters, text)
		}
	}
	sort.Strings(letters)
	fmt.Printf("Your name uses %d different letters: %s\n", len(letters), strings.Join(letters, " "))
}
