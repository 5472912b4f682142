export const names = {
  keyword: `
    break case chan const continue default defer else fallthrough for func go goto if import interface map package
    range return select struct switch type var
  `,
  type: `
    any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 int64 rune string uint
    uint8 uint16 uint32 uint64 uintptr
  `,
  constant: `
    true false nil iota
  `,
  function: `
    append cap close complex copy delete imag len make new panic print println real recover fmt.Println fmt.Printf
    fmt.Sprintf fmt.Errorf fmt.Scan errors.New errors.Is errors.As strings.Split strings.Join strings.Contains
    strings.TrimSpace strconv.Atoi strconv.Itoa os.Args os.Exit os.ReadFile sort.Slice sort.Strings bufio.NewScanner
    bufio.NewReader time.Now time.Sleep math.Sqrt
  `
}

export const snippets = [
  ["for", "over numbers", "for ${1:i} := 0; ${1:i} < ${2:n}; ${1:i}++ {\n\t${0}\n}"],
  ["forr", "over items", "for ${1:_}, ${2:item} := range ${3:items} {\n\t${0}\n}"],
  ["if", "condition", "if ${1:condition} {\n\t${0}\n}"],
  ["iferr", "pass an error on", "if err != nil {\n\treturn ${1:err}\n}\n${0}"],
  ["func", "function", "func ${1:name}(${2}) ${3:error} {\n\t${0}\n}"],
  ["struct", "structure", "type ${1:Name} struct {\n\t${0}\n}"],
  ["main", "program", "func main() {\n\t${0}\n}"],
  ["test", "test", "func Test${1:Name}(t *testing.T) {\n\t${0}\n}"]
]
