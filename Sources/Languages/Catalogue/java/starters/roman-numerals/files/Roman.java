/** Roman numerals from I to MMMCMXCIX. */
public final class Roman {
    // Largest first; the pairs with a smaller letter before a larger one count as letters of their own.
    private enum Symbol {
        M(1000), CM(900), D(500), CD(400), C(100), XC(90), L(50), XL(40), X(10), IX(9), V(5), IV(4), I(1);

        final int value;

        Symbol(int value) {
            this.value = value;
        }
    }

    private Roman() {
    }

    /**
     * The numeral for a number from 1 to 3999.
     *
     * @throws IllegalArgumentException for another number
     */
    public static String of(int number) {
        if (number < 1 || number > 3999) {
            throw new IllegalArgumentException("there is no numeral for " + number);
        }
        var numeral = new StringBuilder();
        for (var symbol : Symbol.values()) {
            numeral.append(symbol.name().repeat(number / symbol.value));
            number %= symbol.value;
        }
        return numeral.toString();
    }

    /**
     * The number that a numeral stands for; small letters count as well.
     *
     * @throws NumberFormatException when it is no numeral
     */
    public static int parse(String numeral) {
        var letters = numeral.strip().toUpperCase();
        var number = 0;
        var place = 0;
        for (var symbol : Symbol.values()) {
            for (; letters.startsWith(symbol.name(), place); place += symbol.name().length()) {
                number += symbol.value;
            }
        }
        // IIII or VX would come through: only what we would write ourselves is a numeral.
        if (number < 1 || number > 3999 || !of(number).equals(letters)) {
            throw new NumberFormatException("“" + numeral + "” is no Roman numeral");
        }
        return number;
    }
}
