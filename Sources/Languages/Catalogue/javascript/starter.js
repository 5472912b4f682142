// Press Run, then type your name in the console below.

const readline = require("node:readline/promises")

async function main() {
    const terminal = readline.createInterface({ input: process.stdin, output: process.stdout })
    const name = (await terminal.question("What is your name? ")).trim() || "friend"
    terminal.close()

    console.log(`Hello, ${name}!`)
    const letters = [...new Set(name.toLowerCase().replaceAll(" ", ""))].sort()
    console.log(`Your name uses ${letters.length} different letters: ${letters.join(" ")}`)
}

main()
