// Press Run and think of a number. The program halves what is left with each question.

import java.util.Optional;
import java.util.Scanner;

public class Main {
    private enum Answer { YES, HIGHER, LOWER }

    private final Scanner input = new Scanner(System.in);

    /**
     * Asks until the answer is one: a typing error is no reason to lose the game. Empty at the end of the input.
     */
    private Optional<Answer> ask(int guess) {
        while (true) {
            System.out.printf("Is it %d? (yes, higher, lower) ", guess);
            if (!input.hasNextLine()) {
                return Optional.empty();
            }
            var line = input.nextLine().strip().toUpperCase();
            for (var answer : Answer.values()) {
                if (!line.isEmpty() && answer.name().startsWith(line.substring(0, 1))) {
                    return Optional.of(answer);
                }
            }
        }
    }

    private void play(int low, int high) {
        System.out.printf("Think of a whole number from %d to %d, and I will guess it.%n", low, high);
        for (var guesses = 1; low <= high; guesses++) {
            var guess = (low + high) / 2;
            var answer = ask(guess);
            if (answer.isEmpty()) {
                System.out.println("\nThen another time.");
                return;
            }
            switch (answer.get()) {
                case HIGHER -> low = guess + 1;
                case LOWER -> high = guess - 1;
                case YES -> {
                    System.out.printf("Guesses needed: %d.%n", guesses);
                    return;
                }
            }
        }
        System.out.println("No number fits all your answers.");
    }

    public static void main(String[] arguments) {
        new Main().play(1, 100);
    }
}
