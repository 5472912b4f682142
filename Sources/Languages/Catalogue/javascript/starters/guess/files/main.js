// Press Run and think of a number. The program halves what is left with each question.

const readline = require("node:readline")

const terminal = readline.createInterface({ input: process.stdin })
const lines = terminal[Symbol.asyncIterator]()

/** The answer to a question, in small letters; null at the end of the input. */
async function ask(question) {
    process.stdout.write(question)
    const { value, done } = await lines.next()
    return done ? null : value.trim().toLowerCase()
}

async function play(low, high) {
    console.log(`Think of a whole number from ${low} to ${high}, and I will guess it.`)
    let guesses = 0
    while (low <= high) {
        const guess = Math.floor((low + high) / 2)
        guesses++
        // Asked again until the answer is one: a typing error is no reason to lose the game.
        for (let answered = false; !answered; ) {
            const answer = await ask(`Is it ${guess}? (yes, higher, lower) `)
            answered = true
            if (answer === null) {
                console.log("\nThen another time.")
                return
            }
            if (answer.startsWith("y")) {
                console.log(`Guesses needed: ${guesses}.`)
                return
            }
            if (answer.startsWith("h")) low = guess + 1
            else if (answer.startsWith("l")) high = guess - 1
            else answered = false
        }
    }
    console.log("No number fits all your answers.")
}

play(1, 100).finally(() => terminal.close())
