export const names = {
  keyword: `
    and as assert begin class constraint do done downto else end exception external for fun function functor if in
    include inherit initializer lazy let match method module mutable new nonrec object of open or private rec sig
    struct then to try type val virtual when while with
  `,
  type: `
    array bool bytes char exn float int list option ref result string unit Array Buffer Bytes Char Fun Hashtbl Int
    List Map Option Printf Queue Random Result Scanf Seq Set Stack String Sys
  `,
  constant: `
    true false None Some Ok Error
  `,
  function: `
    abs compare exit failwith float_of_int fst ignore incr decr int_of_float int_of_string invalid_arg max min not
    print_endline print_int print_newline print_string raise read_int read_line ref snd sqrt string_of_float
    string_of_int Array.length Array.make Array.iter List.filter List.fold_left List.hd List.iter List.length
    List.map List.mem List.nth List.rev List.sort Printf.printf Printf.sprintf String.concat String.length
    String.split_on_char String.sub String.trim Hashtbl.add Hashtbl.create Hashtbl.find Hashtbl.find_opt
    Hashtbl.replace
  `
}

export const snippets = [
  ["let", "function", "let ${1:name} ${2:x} =\n\t${0}"],
  ["rec", "recursive function", "let rec ${1:name} ${2:x} =\n\t${0}"],
  ["match", "choice", "match ${1:value} with\n| ${2:pattern} -> ${0}"],
  ["for", "over numbers", "for ${1:i} = 0 to ${2:n - 1} do\n\t${0}\ndone"],
  ["type", "type", "type ${1:name} =\n\t| ${0}"],
  ["main", "program", "let () =\n\t${0}"],
  ["try", "catch an exception", "try ${1} with\n| ${2:Not_found} -> ${0}"]
]
