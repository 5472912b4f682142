<?php
declare(strict_types=1);

/** Roman numerals from I to MMMCMXCIX. */
final class Roman
{
    // Largest first; the pairs with a smaller letter before a larger one count as letters of their own.
    private const SYMBOLS = [
        "M" => 1000, "CM" => 900, "D" => 500, "CD" => 400,
        "C" => 100, "XC" => 90, "L" => 50, "XL" => 40,
        "X" => 10, "IX" => 9, "V" => 5, "IV" => 4, "I" => 1,
    ];

    /** The numeral for a number from 1 to 3999; null for another. */
    public static function from(int $number): ?string
    {
        if ($number < 1 || $number > 3999) {
            return null;
        }
        $numeral = "";
        foreach (self::SYMBOLS as $symbol => $value) {
            $numeral .= str_repeat($symbol, intdiv($number, $value));
            $number %= $value;
        }
        return $numeral;
    }

    /** The number that a numeral stands for, small letters allowed; null when it is none. */
    public static function parse(string $numeral): ?int
    {
        $letters = strtoupper(trim($numeral));
        $rest = $letters;
        $number = 0;
        foreach (self::SYMBOLS as $symbol => $value) {
            while (str_starts_with($rest, $symbol)) {
                $number += $value;
                $rest = substr($rest, strlen($symbol));
            }
        }
        // IIII or VX would come through: only what we would write ourselves is a numeral.
        return self::from($number) === $letters ? $number : null;
    }
}
