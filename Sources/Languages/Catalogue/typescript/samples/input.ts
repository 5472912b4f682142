import { readFileSync } from "node:fs"

const [name, numbers] = readFileSync(0, "utf8").split("\n")
const sum = numbers.split(" ").map(Number).reduce((a, b) => a + b)
console.log(`${name}'s numbers add up to ${sum}`)
