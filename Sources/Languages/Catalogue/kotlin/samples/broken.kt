fun main() {
    val count: Int = "never printed"
    println(count)
}
