(* Press Run, then type your name in the console below. *)

module Letters = Set.Make (Char)

let letters_of text =
  String.lowercase_ascii text
  |> String.to_seq
  |> Seq.filter (fun letter -> letter <> ' ')
  |> Letters.of_seq

let () =
  print_string "What is your name? ";
  let line = try read_line () with End_of_file -> "" in
  let name = match String.trim line with "" -> "friend" | name -> name in
  Printf.printf "Hello, %s!\n" name;
  let letters = letters_of name in
  Printf.printf "Your name uses %d different letters:" (Letters.cardinal letters);
  Letters.iter (Printf.printf " %c") letters;
  print_newline ()
