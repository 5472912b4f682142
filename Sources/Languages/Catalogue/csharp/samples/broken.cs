using System;

class Program
{
    static void Main()
    {
        int number = "never printed";
        Console.WriteLine(number);
    }
}
