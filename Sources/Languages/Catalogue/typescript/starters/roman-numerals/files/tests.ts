// Press Run: this file is the project's main file, and runs the tests.

import { fromRoman, toRoman } from "./roman"

let passed = 0
let failed = 0

/** Compares; the compiler sees to it that both are of one type. */
function expectEqual<Value>(what: string, found: Value, wanted: Value): void {
    if (found === wanted) {
        passed++
    } else {
        failed++
        console.log(`FAILED ${what}: ${found} instead of ${wanted}`)
    }
}

const known: [number, string][] = [[1, "I"], [4, "IV"], [14, "XIV"], [1990, "MCMXC"], [2024, "MMXXIV"]]
for (const [number, numeral] of known) {
    expectEqual(`the numeral of ${number}`, toRoman(number), numeral)
    expectEqual(`the value of ${numeral}`, fromRoman(numeral), number)
}

for (let number = 1; number < 4000; number++) {
    expectEqual(`${number} there and back`, fromRoman(toRoman(number) ?? ""), number)
}

expectEqual("small letters and spaces", fromRoman(" xlii "), 42)

for (const text of ["", "IIII", "VX", "IC", "MMMM", "XI V", "12"]) {
    expectEqual(`the value of "${text}"`, fromRoman(text), undefined)
}
for (const number of [0, -1, 4000, 1.5, NaN]) {
    expectEqual(`the numeral of ${number}`, toRoman(number), undefined)
}

console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
