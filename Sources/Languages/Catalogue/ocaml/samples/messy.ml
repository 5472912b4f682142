let f x =
match x with
| 1 -> "a"
| _ ->
let y = 2 in
string_of_int y
