fun main() {
    println("Hello from Carrel")
}
