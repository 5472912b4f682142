// Press Run: all files are compiled together, and the program begins here. It runs the tests.

#if canImport(Glibc)
import Glibc
#endif

struct Tally {
    var passed = 0
    var failed = 0

    /// The line is filled in by the compiler, at the place of the call.
    mutating func expect(_ condition: Bool, _ what: String, line: Int = #line) {
        if condition {
            passed += 1
        } else {
            failed += 1
            print("FAILED in line \(line): \(what)")
        }
    }
}

var tally = Tally()

for (number, text) in [(1, "I"), (4, "IV"), (14, "XIV"), (1990, "MCMXC"), (2024, "MMXXIV")] {
    tally.expect(RomanNumeral(number)?.description == text, "\(number) is \(text)")
    tally.expect(RomanNumeral(text)?.value == number, "\(text) is \(number)")
}
for number in 1..<4000 {
    let text = RomanNumeral(number)?.description ?? ""
    tally.expect(RomanNumeral(text)?.value == number, "\(number) there and back")
}
tally.expect(RomanNumeral("xlii")?.value == 42, "small letters")
for text in ["", "IIII", "VX", "IC", "MMMM", "XI V", " X", "12"] {
    tally.expect(RomanNumeral(text) == nil, "“\(text)” is no numeral")
}
for number in [0, -1, 4000] {
    tally.expect(RomanNumeral(number) == nil, "\(number) has no numeral")
}
if let nine = RomanNumeral("IX"), let eight = RomanNumeral("VIII") {
    tally.expect(eight < nine, "numerals are compared by what they are worth, not by their letters")
}

print("\(tally.passed) passed, \(tally.failed) failed")
exit(tally.failed == 0 ? 0 : 1)
