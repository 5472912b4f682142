using System;
using System.Linq;

class Program
{
    static void Main()
    {
        string name = Console.ReadLine();
        var numbers = Console.ReadLine().Split(' ').Select(int.Parse);
        Console.WriteLine($"{name}'s numbers add up to {numbers.Sum()}");
    }
}
