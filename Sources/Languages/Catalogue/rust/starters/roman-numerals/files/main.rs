// Run compiles main.rs, with the modules it names, and starts main, which runs the tests here. In a project of Cargo's
// they would be functions marked #[test], started by cargo test.

mod roman;

use roman::{from_roman, to_roman, Fault};
use std::process::ExitCode;

#[derive(Default)]
struct Tally {
    passed: u32,
    failed: u32,
}

impl Tally {
    fn expect<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, found: T, wanted: T) {
        if found == wanted {
            self.passed += 1;
        } else {
            self.failed += 1;
            println!("FAILED {what}: {found:?} instead of {wanted:?}");
        }
    }
}

fn main() -> ExitCode {
    let mut tally = Tally::default();

    for (number, numeral) in [(1, "I"), (4, "IV"), (14, "XIV"), (1990, "MCMXC"), (2024, "MMXXIV")] {
        tally.expect("a known number", to_roman(number), Ok(numeral.to_string()));
        tally.expect("a known numeral", from_roman(numeral), Ok(number));
    }
    for number in 1..4000 {
        tally.expect("there and back", to_roman(number).and_then(|numeral| from_roman(&numeral)), Ok(number));
    }
    tally.expect("small letters and spaces", from_roman(" xlii "), Ok(42));

    for text in ["", "IIII", "VX", "IC", "MMMM", "XI V", "12"] {
        tally.expect("what is no numeral", from_roman(text), Err(Fault::NoNumeral(text.to_string())));
    }
    for number in [0, 4000, u32::MAX] {
        tally.expect("out of range", to_roman(number), Err(Fault::OutOfRange(number)));
    }
    let words = from_roman("IIII").map_err(|fault| fault.to_string());
    tally.expect("a fault in words", words, Err("\"IIII\" is no Roman numeral".to_string()));

    println!("{} passed, {} failed", tally.passed, tally.failed);
    if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
