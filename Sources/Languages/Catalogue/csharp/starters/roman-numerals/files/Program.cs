// Press Run: all files are compiled together, and Main is here.

using System;
using System.Collections.Generic;

static class Program
{
    private static int passed;
    private static int failed;

    private static void Expect(string what, bool holds)
    {
        if (holds)
        {
            passed++;
        }
        else
        {
            failed++;
            Console.WriteLine($"FAILED {what}");
        }
    }

    private static bool IsRefused(int number)
    {
        try
        {
            Roman.From(number);
            return false;
        }
        catch (ArgumentOutOfRangeException)
        {
            return true;
        }
    }

    static int Main()
    {
        var known = new Dictionary<int, string>
        {
            [1] = "I", [4] = "IV", [14] = "XIV", [1990] = "MCMXC", [2024] = "MMXXIV",
        };
        foreach (var pair in known)
        {
            Expect($"{pair.Key} is {pair.Value}", Roman.From(pair.Key) == pair.Value);
            Expect($"{pair.Value} is {pair.Key}", Roman.TryParse(pair.Value, out int read) && read == pair.Key);
        }
        for (int number = 1; number < 4000; number++)
        {
            Expect($"{number} there and back", Roman.TryParse(Roman.From(number), out int back) && back == number);
        }
        Expect("small letters and spaces", Roman.TryParse(" xlii ", out int small) && small == 42);
        foreach (string text in new[] { "", "IIII", "VX", "IC", "MMMM", "XI V", "12" })
        {
            Expect($"“{text}” is no numeral", !Roman.TryParse(text, out _));
        }
        foreach (int number in new[] { 0, -1, 4000 })
        {
            Expect($"{number} has no numeral", IsRefused(number));
        }

        Console.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }
}
