const lines = require("node:fs").readFileSync(0, "utf8").split("\n")

const [name, numbers] = lines
const sum = numbers.split(" ").map(Number).reduce((a, b) => a + b)
console.log(`${name}'s numbers add up to ${sum}`)
