// Press Run, then type your name in the console below.

import java.util.Scanner;
import java.util.stream.Collectors;

public class Main {
    public static void main(String[] arguments) {
        var input = new Scanner(System.in);
        System.out.print("What is your name? ");
        var line = input.hasNextLine() ? input.nextLine().strip() : "";
        var name = line.isEmpty() ? "friend" : line;
        System.out.printf("Hello, %s!%n", name);

        var letters = name.toLowerCase().codePoints().filter(letter -> letter != ' ').distinct().sorted()
            .mapToObj(Character::toString).collect(Collectors.toList());
        System.out.printf("Your name uses %d different letters: %s%n", letters.size(), String.join(" ", letters));
    }
}
