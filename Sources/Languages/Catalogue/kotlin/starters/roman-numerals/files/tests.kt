// Press Run: this file is the project's main file, and runs the tests.

import kotlin.system.exitProcess

private var passed = 0
private var failed = 0

private fun <T> expect(what: String, found: T, wanted: T) {
    if (found == wanted) {
        passed++
    } else {
        failed++
        println("FAILED $what: $found instead of $wanted")
    }
}

fun main() {
    val known = mapOf(1 to "I", 4 to "IV", 14 to "XIV", 1990 to "MCMXC", 2024 to "MMXXIV")
    for ((number, numeral) in known) {
        expect("the numeral of $number", number.toRoman(), numeral)
        expect("the value of $numeral", numeral.fromRoman(), number)
    }
    for (number in 1 until 4000) {
        expect("$number there and back", number.toRoman()?.fromRoman(), number)
    }
    expect("small letters and spaces", " xlii ".fromRoman(), 42)
    for (text in listOf("", "IIII", "VX", "IC", "MMMM", "XI V", "12")) {
        expect("the value of “$text”", text.fromRoman(), null)
    }
    for (number in listOf(0, -1, 4000)) {
        expect("the numeral of $number", number.toRoman(), null)
    }

    println("$passed passed, $failed failed")
    if (failed > 0) exitProcess(1)
}
