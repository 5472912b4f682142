// Adds up expenses.csv by category. Open that file, change it, and run this again.

import java.io.File
import java.math.BigDecimal

data class Expense(val date: String, val category: String, val amount: BigDecimal)

/** Reads `date,category,amount`; null when the line is not like that. */
fun parse(line: String): Expense? {
    val fields = line.split(",").map { it.trim() }
    if (fields.size != 3) return null
    // BigDecimal and not Double: 0.1 + 0.2 is 0.3 for money.
    val amount = fields[2].toBigDecimalOrNull() ?: return null
    return Expense(fields[0], fields[1], amount)
}

fun main() {
    val expenses = File("expenses.csv").readLines().withIndex()
        .drop(1) // the names of the columns
        .filter { (_, line) -> line.isNotBlank() }
        .mapNotNull { (index, line) ->
            parse(line).also { if (it == null) println("Line ${index + 1} is left out: $line") }
        }
    val totals = expenses.groupBy { it.category }
        .mapValues { (_, those) -> those.fold(BigDecimal.ZERO) { sum, it -> sum + it.amount } }
        .toList().sortedByDescending { (_, total) -> total }

    val largest = totals.firstOrNull()?.second?.toDouble() ?: 0.0
    for ((category, total) in totals) {
        val share = if (largest > 0) total.toDouble() / largest else 0.0
        println("%-10s%10.2f  %s".format(category, total, "#".repeat((30 * share).toInt().coerceAtLeast(0))))
    }
    println("%-10s%10.2f".format("together", totals.fold(BigDecimal.ZERO) { sum, (_, total) -> sum + total }))
}
