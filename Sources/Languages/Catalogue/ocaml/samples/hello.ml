let () = print_endline "Hello from Carrel"
