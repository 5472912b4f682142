// Roman numerals from I to MMMCMXCIX.

// Largest first; the pairs with a smaller letter before a larger one count as letters of their own.
const symbols: readonly (readonly [value: number, symbol: string])[] = [
    [1000, "M"], [900, "CM"], [500, "D"], [400, "CD"],
    [100, "C"], [90, "XC"], [50, "L"], [40, "XL"],
    [10, "X"], [9, "IX"], [5, "V"], [4, "IV"], [1, "I"],
]

/** The numeral for a whole number from 1 to 3999; undefined when there is none. */
export function toRoman(number: number): string | undefined {
    if (!Number.isInteger(number) || number < 1 || number > 3999) return undefined
    let numeral = ""
    for (const [value, symbol] of symbols) {
        numeral += symbol.repeat(Math.floor(number / value))
        number %= value
    }
    return numeral
}

/** The number that a numeral stands for, small letters allowed; undefined when it is none. */
export function fromRoman(numeral: string): number | undefined {
    const letters = numeral.trim().toUpperCase()
    let number = 0
    let rest = letters
    for (const [value, symbol] of symbols) {
        while (rest.startsWith(symbol)) {
            number += value
            rest = rest.slice(symbol.length)
        }
    }
    // IIII or VX would come through: only what we would write ourselves is a numeral.
    return toRoman(number) === letters ? number : undefined
}
