/// A Roman numeral from I to MMMCMXCIX. A value of this type is always a right one: whoever has it need not check.
struct RomanNumeral: CustomStringConvertible, Comparable {
    let value: Int

    // Largest first; the pairs with a smaller letter before a larger one count as letters of their own.
    private static let symbols = [
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"),
        (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
        (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ]

    /// Nil for a number that is not from 1 to 3999.
    init?(_ value: Int) {
        guard (1...3999).contains(value) else { return nil }
        self.value = value
    }

    /// Nil for a text that is no numeral. Small letters count as well.
    init?(_ text: some StringProtocol) {
        let letters = text.uppercased()
        var rest = Substring(letters)
        var value = 0
        for (worth, symbol) in Self.symbols {
            while rest.hasPrefix(symbol) {
                value += worth
                rest = rest.dropFirst(symbol.count)
            }
        }
        // IIII or VX would come through: only what we would write ourselves is a numeral.
        guard let numeral = RomanNumeral(value), numeral.description == letters else { return nil }
        self = numeral
    }

    var description: String {
        var rest = value
        return Self.symbols.map { worth, symbol in
            defer { rest %= worth }
            return String(repeating: symbol, count: rest / worth)
        }.joined()
    }

    static func < (left: RomanNumeral, right: RomanNumeral) -> Bool { left.value < right.value }
}
