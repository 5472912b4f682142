// Press Run and think of a number. The program halves what is left with each question.

using System;

static class Program
{
    /// <summary>
    /// The first letter of the answer, in lower case; null at the end of the input. Asks again until the answer is one:
    /// a typing error is no reason to lose the game.
    /// </summary>
    private static char? Ask(int guess)
    {
        while (true)
        {
            Console.Write($"Is it {guess}? (yes, higher, lower) ");
            string line = Console.ReadLine();
            if (line == null)
            {
                return null;
            }
            line = line.Trim().ToLowerInvariant();
            if (line != "" && "yhl".IndexOf(line[0]) >= 0)
            {
                return line[0];
            }
        }
    }

    static void Main()
    {
        int low = 1, high = 100;
        Console.WriteLine($"Think of a whole number from {low} to {high}, and I will guess it.");
        for (int guesses = 1; low <= high; guesses++)
        {
            int guess = (low + high) / 2;
            switch (Ask(guess))
            {
                case 'y':
                    Console.WriteLine($"Guesses needed: {guesses}.");
                    return;
                case 'h':
                    low = guess + 1;
                    break;
                case 'l':
                    high = guess - 1;
                    break;
                default:
                    Console.WriteLine("\nThen another time.");
                    return;
            }
        }
        Console.WriteLine("No number fits all your answers.");
    }
}
