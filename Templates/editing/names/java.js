export const names = {
  keyword: `
    abstract assert break case catch class continue default do else enum extends final finally for if implements
    import instanceof interface native new non-sealed package permits private protected public record return sealed
    static strictfp super switch synchronized this throw throws transient try var volatile while yield
  `,
  type: `
    boolean byte char double float int long short void ArrayDeque ArrayList Arrays BigDecimal BigInteger Boolean
    BufferedReader Character Class Collection Collections Collectors Comparable Comparator Deque Double Duration
    Exception Files Function HashMap HashSet IllegalArgumentException IllegalStateException Integer IOException
    Iterable Iterator LinkedHashMap LinkedList List LocalDate Long Map Math NullPointerException Object Objects
    Optional Override Path Pattern PriorityQueue Queue Random RuntimeException Scanner Set Stream String
    StringBuilder System Thread TreeMap TreeSet
  `,
  constant: `
    true false null
  `,
  function: `
    System.out.println System.out.print System.out.printf String.format Integer.parseInt equals hashCode toString
    length charAt substring compareTo stream filter map collect forEach getOrDefault containsKey
  `
}

export const snippets = [
  ["for", "over numbers", "for (int ${1:i} = 0; ${1:i} < ${2:n}; ${1:i}++) {\n\t${0}\n}"],
  ["foreach", "over items", "for (var ${1:item} : ${2:items}) {\n\t${0}\n}"],
  ["while", "loop", "while (${1:condition}) {\n\t${0}\n}"],
  ["if", "condition", "if (${1:condition}) {\n\t${0}\n}"],
  ["class", "class", "class ${1:Name} {\n\t${0}\n}"],
  ["method", "method", "${1:void} ${2:name}(${3}) {\n\t${0}\n}"],
  ["main", "program", "public static void main(String[] arguments) {\n\t${0}\n}"],
  ["try", "catch an exception", "try {\n\t${1}\n} catch (${2:Exception} error) {\n\t${0}\n}"]
]
