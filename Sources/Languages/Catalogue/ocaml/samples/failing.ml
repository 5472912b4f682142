let numbers = [| 1; 2; 3 |]

let () =
  print_endline "before";
  print_int numbers.(7)
