export const names = {
  keyword: `
    abstract actual annotation as break by catch class companion const constructor continue crossinline data do else
    enum expect external final finally for fun get if import in infix init inline inner interface internal is
    lateinit noinline object open operator out override package private protected public reified return sealed set
    super suspend tailrec this throw try typealias val var vararg when where while
  `,
  type: `
    Any Array Boolean Byte Char Collection Double Exception Float Int IntArray IntRange Iterable List Long Map
    MutableList MutableMap MutableSet Nothing Pair Regex Sequence Set Short String StringBuilder Triple Unit
    IllegalArgumentException IllegalStateException
  `,
  constant: `
    true false null
  `,
  function: `
    also apply arrayOf assert associate check contains count distinct drop emptyList error filter first flatMap fold
    forEach getOrPut groupBy indexOf isEmpty joinToString last let listOf lowercase map mapOf max maxOf min minOf
    mutableListOf mutableMapOf mutableSetOf plus print println readLine readln repeat replace require reversed run
    setOf sorted sortedBy split substring sum sumOf take takeIf toDouble toInt toList toMap toSet trim uppercase
    until use with zip
  `
}

export const snippets = [
  ["for", "over items", "for (${1:item} in ${2:items}) {\n\t${0}\n}"],
  ["while", "loop", "while (${1:condition}) {\n\t${0}\n}"],
  ["if", "condition", "if (${1:condition}) {\n\t${0}\n}"],
  ["when", "choice", "when (${1:value}) {\n\t${2:1} -> ${3}\n\telse -> ${0}\n}"],
  ["fun", "function", "fun ${1:name}(${2}): ${3:Unit} {\n\t${0}\n}"],
  ["class", "class", "class ${1:Name}(${2}) {\n\t${0}\n}"],
  ["main", "program", "fun main() {\n\t${0}\n}"]
]
