extension Output {
    /// Appends `length` bytes of a JSON document, or of a text that becomes the inside of a JSON string. `<`, `>`, `&`
    /// and the line ends U+2028 and U+2029 are written as escapes: a browser then finds neither the script's end nor
    /// a comment in them. In a valid document they stand in strings only, where the escape means the same.
    mutating func appendJSON(_ source: UnsafePointer<UInt8>, _ length: Int, isString: Bool) {
        let start = room(for: length * 6)
        var target = start
        var index = 0
        while index < length {
            let byte = source[index]
            switch byte {
            case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
                target += writeEscape(byte, to: target)
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                if isString {
                    target.pointee = UInt8(ascii: "\\")
                    target += 1
                }
                target.pointee = byte
                target += 1
            case 0..<0x20 where isString:
                target += writeEscape(byte, to: target)
            case 0xE2 where isLineSeparator(source + index, length - index):
                target += write(source[index + 2] == 0xA8 ? "\\u2028" : "\\u2029", to: target)
                index += 2
            default:
                target.pointee = byte
                target += 1
            }
            index += 1
        }
        advance(by: target - start)
    }
}

/// Whether U+2028 or U+2029 (E2 80 A8, E2 80 A9) starts here: JSON allows them in strings, JavaScript once did not.
private func isLineSeparator(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
    count >= 3 && bytes[1] == 0x80 && (bytes[2] == 0xA8 || bytes[2] == 0xA9)
}

/// Writes an ASCII character as `\u00XX`; returns the six bytes written.
private func writeEscape(_ byte: UInt8, to target: UnsafeMutablePointer<UInt8>) -> Int {
    let length = write("\\u00", to: target)
    target[length] = hexDigit(byte >> 4)
    target[length + 1] = hexDigit(byte & 15)
    return length + 2
}
