// Press Run: this file is the project's main file, and the tests in it start by themselves.

const assert = require("node:assert/strict")
const test = require("node:test")
const { toRoman, fromRoman } = require("./roman")

test("known numbers", () => {
    for (const [number, numeral] of [[1, "I"], [4, "IV"], [14, "XIV"], [1990, "MCMXC"], [2024, "MMXXIV"]]) {
        assert.equal(toRoman(number), numeral)
        assert.equal(fromRoman(numeral), number)
    }
})

test("there and back", () => {
    for (let number = 1; number < 4000; number++) {
        assert.equal(fromRoman(toRoman(number)), number)
    }
})

test("small letters and spaces are read", () => {
    assert.equal(fromRoman(" xlii "), 42)
})

test("what is no numeral is refused", () => {
    for (const text of ["", "IIII", "VX", "IC", "MMMM", "XI V", "12"]) {
        assert.throws(() => fromRoman(text), SyntaxError, text)
    }
})

test("numbers without a numeral are refused", () => {
    for (const number of [0, -1, 4000, 1.5, NaN]) {
        assert.throws(() => toRoman(number), RangeError, String(number))
    }
})
