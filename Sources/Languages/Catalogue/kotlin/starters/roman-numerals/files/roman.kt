// Roman numerals from I to MMMCMXCIX.

// Largest first; the pairs with a smaller letter before a larger one count as letters of their own.
private val symbols = listOf(
    1000 to "M", 900 to "CM", 500 to "D", 400 to "CD",
    100 to "C", 90 to "XC", 50 to "L", 40 to "XL",
    10 to "X", 9 to "IX", 5 to "V", 4 to "IV", 1 to "I"
)

/** The numeral for a number from 1 to 3999, null for another. */
fun Int.toRoman(): String? {
    if (this !in 1..3999) return null
    var rest = this
    return buildString {
        for ((value, symbol) in symbols) {
            append(symbol.repeat(rest / value))
            rest %= value
        }
    }
}

/** The number that a numeral stands for, small letters allowed; null when it is none. */
fun String.fromRoman(): Int? {
    val letters = trim().toUpperCase()
    var rest = letters
    var number = 0
    for ((value, symbol) in symbols) {
        while (rest.startsWith(symbol)) {
            number += value
            rest = rest.removePrefix(symbol)
        }
    }
    // IIII or VX would come through: only what we would write ourselves is a numeral.
    return number.takeIf { it.toRoman() == letters }
}
