(* Press Run: all files are compiled, each after those that it uses, and the tests here are run. *)

let passed = ref 0
let failed = ref 0

let expect name holds =
  if holds then incr passed
  else begin
    incr failed;
    Printf.printf "FAILED %s\n" name
  end

let () =
  List.iter
    (fun (number, numeral) ->
      expect (Printf.sprintf "%d is %s" number numeral) (Roman.of_int number = Some numeral);
      expect (Printf.sprintf "%s is %d" numeral number) (Roman.to_int numeral = Some number))
    [ (1, "I"); (4, "IV"); (14, "XIV"); (1990, "MCMXC"); (2024, "MMXXIV") ];
  for number = 1 to 3999 do
    expect
      (Printf.sprintf "%d there and back" number)
      (Option.bind (Roman.of_int number) Roman.to_int = Some number)
  done;
  expect "small letters and spaces" (Roman.to_int " xlii " = Some 42);
  List.iter
    (fun text -> expect (Printf.sprintf "%S is no numeral" text) (Roman.to_int text = None))
    [ ""; "IIII"; "VX"; "IC"; "MMMM"; "XI V"; "12" ];
  List.iter
    (fun number -> expect (Printf.sprintf "%d has no numeral" number) (Roman.of_int number = None))
    [ 0; -1; 4000 ];
  Printf.printf "%d passed, %d failed\n" !passed !failed;
  exit (if !failed = 0 then 0 else 1)
