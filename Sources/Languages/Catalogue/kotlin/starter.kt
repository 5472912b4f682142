// Press Run, then type your name in the console below.

fun lettersOf(text: String) = text.toLowerCase().filter { it != ' ' }.toSortedSet()

fun main() {
    print("What is your name? ")
    val name = readLine().orEmpty().trim().ifEmpty { "friend" }
    println("Hello, $name!")

    val letters = lettersOf(name)
    println("Your name uses ${letters.size} different letters: ${letters.joinToString(" ")}")
}
