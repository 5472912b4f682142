using System;
using System.Text;

/// <summary>Roman numerals from I to MMMCMXCIX.</summary>
public static class Roman
{
    // Largest first; the pairs with a smaller letter before a larger one count as letters of their own.
    private static readonly (int Value, string Symbol)[] Symbols =
    {
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"),
        (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
        (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    };

    /// <summary>The numeral for a number from 1 to 3999.</summary>
    public static string From(int number)
    {
        if (number < 1 || number > 3999)
        {
            throw new ArgumentOutOfRangeException(nameof(number), $"there is no numeral for {number}");
        }
        var numeral = new StringBuilder();
        foreach (var pair in Symbols)
        {
            for (; number >= pair.Value; number -= pair.Value)
            {
                numeral.Append(pair.Symbol);
            }
        }
        return numeral.ToString();
    }

    /// <summary>Reads a numeral, small letters allowed; false when it is none.</summary>
    public static bool TryParse(string numeral, out int number)
    {
        string letters = numeral.Trim().ToUpperInvariant();
        string rest = letters;
        number = 0;
        foreach (var pair in Symbols)
        {
            // Ordinal: letters are compared as they are, not as a language sorts them.
            while (rest.StartsWith(pair.Symbol, StringComparison.Ordinal))
            {
                number += pair.Value;
                rest = rest.Substring(pair.Symbol.Length);
            }
        }
        // IIII or VX would come through: only what we would write ourselves is a numeral.
        return number >= 1 && number <= 3999 && From(number) == letters;
    }
}
