// Press Run, then type your name in the console below.

using System;
using System.Linq;

class Program
{
    static void Main()
    {
        Console.Write("What is your name? ");
        string name = (Console.ReadLine() ?? "").Trim();
        if (name == "")
        {
            name = "friend";
        }
        Console.WriteLine($"Hello, {name}!");

        var letters = name.ToLower().Where(letter => letter != ' ').Distinct().OrderBy(letter => letter).ToList();
        Console.WriteLine($"Your name uses {letters.Count} different letters: {string.Join(" ", letters)}");
    }
}
