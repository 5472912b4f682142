export const names = {
  keyword: `
    after alias and case catch cond def defdelegate defexception defguard defimpl defmacro defmodule defp
    defprotocol defstruct do else end fn for if import in not or quote raise receive require rescue try unless
    unquote use when with
  `,
  constant: `
    true false nil __MODULE__ self
  `,
  function: `
    Enum.all? Enum.any? Enum.at Enum.chunk_every Enum.count Enum.each Enum.filter Enum.find Enum.flat_map
    Enum.frequencies Enum.group_by Enum.into Enum.join Enum.map Enum.max Enum.member? Enum.min Enum.reduce
    Enum.reject Enum.reverse Enum.sort Enum.sort_by Enum.sum Enum.take Enum.uniq Enum.with_index Enum.zip IO.gets
    IO.inspect IO.puts IO.write Integer.parse Kernel.elem List.first List.last Map.fetch Map.get Map.keys Map.merge
    Map.new Map.put Map.update Map.values Process.sleep Stream.iterate Stream.map String.contains? String.downcase
    String.graphemes String.length String.replace String.reverse String.split String.to_integer String.trim
    String.upcase abs apply div elem hd inspect is_atom is_binary is_integer is_list is_map length max min rem round
    send spawn tl to_string tuple_size
  `,
  type: `
    Agent Enum File GenServer IO Integer Keyword List Map MapSet Process Range Regex Stream String System Task
    ArgumentError RuntimeError
  `
}

export const snippets = [
  ["def", "function", "def ${1:name}(${2}) do\n\t${0}\nend"],
  ["defmodule", "module", "defmodule ${1:Name} do\n\t${0}\nend"],
  ["case", "choice", "case ${1:value} do\n\t${2:pattern} -> ${0}\nend"],
  ["if", "condition", "if ${1:condition} do\n\t${0}\nend"],
  ["fn", "anonymous function", "fn ${1:x} -> ${0} end"],
  ["for", "over items", "for ${1:item} <- ${2:items} do\n\t${0}\nend"],
  ["test", "test", "test \"${1:what}\" do\n\tassert ${0}\nend"]
]
