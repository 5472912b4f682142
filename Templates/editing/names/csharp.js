export const names = {
  keyword: `
    abstract as async await base break case catch checked class const continue default delegate do else enum event
    explicit extern finally fixed for foreach get goto if implicit in interface internal is lock namespace new
    operator out override params partial private protected public readonly ref return sealed set sizeof stackalloc
    static struct switch this throw try typeof unchecked unsafe using value var virtual volatile where while yield
  `,
  type: `
    bool byte char decimal double dynamic float int long object sbyte short string uint ulong ushort void Action
    ArgumentException Array Console DateTime Dictionary Enumerable Environment Exception Func Guid HashSet
    IDisposable IEnumerable InvalidOperationException List Math Queue Random Stack StringBuilder Task TimeSpan Tuple
    System
  `,
  constant: `
    true false null
  `,
  function: `
    Console.WriteLine Console.ReadLine Console.Write Math.Max Math.Min Where Select OrderBy ToList ToArray First Any
    All Sum Count ToString Equals GetHashCode int.Parse int.TryParse string.Join string.IsNullOrEmpty
  `
}

export const snippets = [
  ["for", "over numbers", "for (int ${1:i} = 0; ${1:i} < ${2:n}; ${1:i}++)\n{\n\t${0}\n}"],
  ["foreach", "over items", "foreach (var ${1:item} in ${2:items})\n{\n\t${0}\n}"],
  ["while", "loop", "while (${1:condition})\n{\n\t${0}\n}"],
  ["class", "class", "class ${1:Name}\n{\n\t${0}\n}"],
  ["method", "method", "${1:void} ${2:Name}(${3})\n{\n\t${0}\n}"],
  ["prop", "property", "public ${1:int} ${2:Name} { get; set; }"],
  ["main", "program", "static void Main(string[] args)\n{\n\t${0}\n}"],
  ["try", "catch an exception", "try\n{\n\t${1}\n}\ncatch (${2:Exception} error)\n{\n\t${0}\n}"]
]
