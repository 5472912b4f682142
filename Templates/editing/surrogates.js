// JavaScript text counts UTF-16 units, and a character like 😀 is two of them: a place between the two is none.

/// Whether a unit is the first half of a character.
export const isFirstHalf = unit => unit >= 0xd800 && unit <= 0xdbff

/// Whether a unit is the second half of a character.
export const isSecondHalf = unit => unit >= 0xdc00 && unit <= 0xdfff
