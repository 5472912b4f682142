// Adds up expenses.csv by category. Open that file, change it, and run this again.

import { readFileSync } from "node:fs"
import { parse } from "./expenses"

const totals = new Map<string, number>()
const lines = readFileSync("expenses.csv", "utf8").split(/\r?\n/)
lines.forEach((line, index) => {
    // The first line has the names of the columns.
    if (index === 0 || line.trim() === "") return
    const parsed = parse(line)
    // Inside each branch the compiler knows which of the two it is.
    if (parsed.kind === "expense") {
        totals.set(parsed.category, (totals.get(parsed.category) ?? 0) + parsed.cents)
    } else {
        console.log(`Line ${index + 1} is left out: ${parsed.reason}`)
    }
})

const money = (cents: number) => (cents / 100).toFixed(2).padStart(10)
const largest = Math.max(0, ...totals.values())
let together = 0
for (const [category, cents] of [...totals].sort(([, left], [, right]) => right - left)) {
    const bar = "#".repeat(largest > 0 ? Math.max(0, Math.round(30 * cents / largest)) : 0)
    console.log(`${category.padEnd(10)}${money(cents)}  ${bar}`)
    together += cents
}
console.log(`${"together".padEnd(10)}${money(together)}`)
