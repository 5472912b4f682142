/// The parts of a hash in the PHC string format that tell how it was made:
/// `$argon2id$v=19$m=19456,t=2,p=1$salt$hash`.
///
/// Only the head is read here. Salt and hash are the library's to decode.
struct PHCString {
    let parameters: Argon2Parameters

    /// nil for anything but Argon2id version 1.3 (19) with whole parameters in their order.
    init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "$"), omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0].isEmpty, parts[1].elementsEqual("argon2id".utf8),
            parts[2].elementsEqual("v=19".utf8), !parts[4].isEmpty, !parts[5].isEmpty
        else { return nil }
        let numbers = parts[3].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        guard numbers.count == 3, let memory = Self.number(numbers[0], "m="),
            let passes = Self.number(numbers[1], "t="),
            let lanes = Self.number(numbers[2], "p=")
        else { return nil }
        parameters = Argon2Parameters(memory: memory, passes: passes, lanes: lanes)
    }

    private static func number(_ field: Substring.UTF8View, _ name: String) -> Int? {
        guard field.starts(with: name.utf8), let number = Int(Substring(field.dropFirst(name.utf8.count))), number > 0
        else { return nil }
        return number
    }
}
