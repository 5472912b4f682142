let () =
  let name = read_line () in
  let numbers = read_line () |> String.split_on_char ' ' |> List.map int_of_string in
  Printf.printf "%s's numbers add up to %d\n" name (List.fold_left ( + ) 0 numbers)
