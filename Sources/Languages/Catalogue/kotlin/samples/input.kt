fun main() {
    val name = readLine()!!
    val numbers = readLine()!!.split(" ").map { it.toInt() }
    println("$name's numbers add up to ${numbers.sum()}")
}
