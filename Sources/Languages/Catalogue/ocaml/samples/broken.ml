let count : int = "never printed"
let () = print_int count
