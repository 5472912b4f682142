(** Roman numerals from I to MMMCMXCIX. What is not named here, nobody outside of the module can use. *)

val of_int : int -> string option
(** The numeral for a number from 1 to 3999. *)

val to_int : string -> int option
(** The number that a numeral stands for; small letters count as well. *)
