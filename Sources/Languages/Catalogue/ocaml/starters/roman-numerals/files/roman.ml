(* Largest first; the pairs with a smaller letter before a larger one count as letters of their own. *)
let symbols =
  [ (1000, "M"); (900, "CM"); (500, "D"); (400, "CD");
    (100, "C"); (90, "XC"); (50, "L"); (40, "XL");
    (10, "X"); (9, "IX"); (5, "V"); (4, "IV"); (1, "I") ]

let of_int number =
  let rec write rest = function
    | [] -> ""
    | (value, symbol) :: _ as all when rest >= value -> symbol ^ write (rest - value) all
    | _ :: more -> write rest more
  in
  if number < 1 || number > 3999 then None else Some (write number symbols)

let starts_at text place symbol =
  let length = String.length symbol in
  place + length <= String.length text && String.sub text place length = symbol

let to_int numeral =
  let letters = String.uppercase_ascii (String.trim numeral) in
  let rec read place = function
    | [] -> 0
    | (value, symbol) :: _ as all when starts_at letters place symbol ->
      value + read (place + String.length symbol) all
    | _ :: more -> read place more
  in
  let number = read 0 symbols in
  (* IIII or VX would come through: only what we would write ourselves is a numeral. *)
  if of_int number = Some letters then Some number else None
