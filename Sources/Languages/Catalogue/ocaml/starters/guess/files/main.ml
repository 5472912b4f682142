(* Press Run and think of a number. The program halves what is left with each question. *)

type answer = Yes | Higher | Lower | Gone

(* Asks until the answer is one: a typing error is no reason to lose the game. [%!] writes the question out at once. *)
let rec ask guess =
  Printf.printf "Is it %d? (yes, higher, lower) %!" guess;
  match String.lowercase_ascii (String.trim (read_line ())) with
  | exception End_of_file -> Gone
  | "" -> ask guess
  | line -> (
    match line.[0] with
    | 'y' -> Yes
    | 'h' -> Higher
    | 'l' -> Lower
    | _ -> ask guess)

(* What there is to say in the end. *)
let rec play low high guesses =
  if low > high then "No number fits all your answers."
  else
    let guess = (low + high) / 2 in
    match ask guess with
    | Yes -> Printf.sprintf "Guesses needed: %d." guesses
    | Higher -> play (guess + 1) high (guesses + 1)
    | Lower -> play low (guess - 1) (guesses + 1)
    | Gone -> "\nThen another time."

let () =
  let low, high = (1, 100) in
  Printf.printf "Think of a whole number from %d to %d, and I will guess it.\n" low high;
  print_endline (play low high 1)
