//! Roman numerals from I to MMMCMXCIX.

use std::fmt;

/// Why something has no numeral, or is none.
#[derive(Debug, PartialEq)]
pub enum Fault {
    OutOfRange(u32),
    NoNumeral(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Fault::OutOfRange(number) => write!(out, "there is no numeral for {number}"),
            Fault::NoNumeral(text) => write!(out, "{text:?} is no Roman numeral"),
        }
    }
}

/// Largest first; the pairs with a smaller letter before a larger one count as letters of their own.
const SYMBOLS: [(u32, &str); 13] = [
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"),
    (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
];

/// The numeral for a number from 1 to 3999.
pub fn to_roman(number: u32) -> Result<String, Fault> {
    if !(1..=3999).contains(&number) {
        return Err(Fault::OutOfRange(number));
    }
    let mut numeral = String::new();
    let mut rest = number;
    for (value, symbol) in SYMBOLS {
        numeral.push_str(&symbol.repeat((rest / value) as usize));
        rest %= value;
    }
    Ok(numeral)
}

/// The number that a numeral stands for; small letters count as well.
pub fn from_roman(numeral: &str) -> Result<u32, Fault> {
    let letters = numeral.trim().to_uppercase();
    let mut number = 0;
    let mut rest = letters.as_str();
    for (value, symbol) in SYMBOLS {
        while let Some(after) = rest.strip_prefix(symbol) {
            number += value;
            rest = after;
        }
    }
    // IIII or VX would come through: only what we would write ourselves is a numeral.
    match to_roman(number) {
        Ok(canonical) if canonical == letters => Ok(number),
        _ => Err(Fault::NoNumeral(numeral.to_string())),
    }
}
