// Roman numerals from I to MMMCMXCIX.

// Largest first; the pairs with a smaller letter before a larger one count as letters of their own.
const SYMBOLS = [
    [1000, "M"], [900, "CM"], [500, "D"], [400, "CD"],
    [100, "C"], [90, "XC"], [50, "L"], [40, "XL"],
    [10, "X"], [9, "IX"], [5, "V"], [4, "IV"], [1, "I"],
]

/** The numeral for a whole number from 1 to 3999. */
function toRoman(number) {
    if (!Number.isInteger(number) || number < 1 || number > 3999) {
        throw new RangeError(`there is no numeral for ${number}`)
    }
    let numeral = ""
    for (const [value, symbol] of SYMBOLS) {
        numeral += symbol.repeat(Math.floor(number / value))
        number %= value
    }
    return numeral
}

/** The number that a numeral stands for; small letters count as well. */
function fromRoman(numeral) {
    const letters = numeral.trim().toUpperCase()
    let number = 0
    let rest = letters
    for (const [value, symbol] of SYMBOLS) {
        while (rest.startsWith(symbol)) {
            number += value
            rest = rest.slice(symbol.length)
        }
    }
    // IIII or VX would come through: only what we would write ourselves is a numeral.
    if (number < 1 || number > 3999 || toRoman(number) !== letters) {
        throw new SyntaxError(`"${numeral}" is no Roman numeral`)
    }
    return number
}

module.exports = { toRoman, fromRoman }
