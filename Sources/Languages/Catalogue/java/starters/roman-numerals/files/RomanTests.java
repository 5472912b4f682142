// Press Run: this file is the project's main file. (Without JUnit, which is not part of Java, a test is a lambda.)

import java.util.List;
import java.util.Map;

public class RomanTests {
    private static int passed = 0;
    private static int failed = 0;

    private static void test(String name, Runnable body) {
        try {
            body.run();
            passed++;
        } catch (AssertionError | RuntimeException fault) {
            failed++;
            System.out.println("FAILED " + name + ": " + fault.getMessage());
        }
    }

    private static void expectEqual(Object found, Object wanted) {
        if (!found.equals(wanted)) {
            throw new AssertionError(found + " instead of " + wanted);
        }
    }

    private static void expectRefusal(Runnable body, String what) {
        try {
            body.run();
        } catch (IllegalArgumentException expected) { // a NumberFormatException is one
            return;
        }
        throw new AssertionError(what + " was not refused");
    }

    public static void main(String[] arguments) {
        var known = Map.of(1, "I", 4, "IV", 14, "XIV", 1990, "MCMXC", 2024, "MMXXIV");
        known.forEach((number, numeral) -> {
            test("the numeral of " + number, () -> expectEqual(Roman.of(number), numeral));
            test("the value of " + numeral, () -> expectEqual(Roman.parse(numeral), number));
        });
        test("there and back", () -> {
            for (var number = 1; number < 4000; number++) {
                expectEqual(Roman.parse(Roman.of(number)), number);
            }
        });
        test("small letters and spaces", () -> expectEqual(Roman.parse(" xlii "), 42));
        for (var text : List.of("", "IIII", "VX", "IC", "MMMM", "XI V", "12")) {
            test("no numeral", () -> expectRefusal(() -> Roman.parse(text), "“" + text + "”"));
        }
        for (var number : List.of(0, -1, 4000)) {
            test("out of range", () -> expectRefusal(() -> Roman.of(number), "" + number));
        }

        System.out.printf("%d passed, %d failed%n", passed, failed);
        System.exit(failed == 0 ? 0 : 1);
    }
}
