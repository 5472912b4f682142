// Press Run, then type your name in the console below.

import { createInterface } from "node:readline/promises"

function lettersOf(text: string): string[] {
    return [...new Set(text.toLowerCase().replaceAll(" ", ""))].sort()
}

async function main(): Promise<void> {
    const terminal = createInterface({ input: process.stdin, output: process.stdout })
    const name = (await terminal.question("What is your name? ")).trim() || "friend"
    terminal.close()

    console.log(`Hello, ${name}!`)
    const letters = lettersOf(name)
    console.log(`Your name uses ${letters.length} different letters: ${letters.join(" ")}`)
}

main()
