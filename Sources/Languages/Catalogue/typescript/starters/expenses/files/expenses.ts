/** A line of the file that could be read. Money is in cents: whole numbers add up without rounding. */
export interface Expense {
    kind: "expense"
    date: string
    category: string
    cents: number
}

/** A line that could not, and why. */
export interface Fault {
    kind: "fault"
    reason: string
}

/** Reads `date,category,amount`. */
export function parse(line: string): Expense | Fault {
    const [date, category, amount, ...more] = line.split(",").map(field => field.trim())
    if (amount === undefined || more.length > 0) {
        return { kind: "fault", reason: "it has not three fields" }
    }
    const match = /^(-?)(\d+)(?:\.(\d\d))?$/.exec(amount)
    if (!match) return { kind: "fault", reason: `"${amount}" is no amount` }
    const cents = Number(match[2]) * 100 + Number(match[3] ?? 0)
    return { kind: "expense", date, category, cents: match[1] ? -cents : cents }
}
