/// Reads JSON from UTF-8 bytes, strictly and front to back, for the few messages that come with every key press.
///
/// It makes no tree: the caller asks for what must come next, and anything else throws `malformed` with its place.
/// Nesting is as deep as the caller asks, so hostile depth costs nothing.
struct ChangeSetJSONCursor {
    private let bytes: [UInt8]
    private(set) var offset: Int

    init(_ bytes: [UInt8], at offset: Int = 0) {
        self.bytes = bytes
        self.offset = offset
    }

    /// Takes `byte` when it comes next, after white space.
    mutating func take(_ byte: Unicode.Scalar) -> Bool {
        skipSpace()
        guard offset < bytes.count, UInt32(bytes[offset]) == byte.value else { return false }
        offset += 1
        return true
    }

    mutating func expect(_ byte: Unicode.Scalar) throws(ChangeSetError) {
        if !take(byte) { throw fault(offset < bytes.count ? .unexpectedByte : .cutOff) }
    }

    /// Throws unless only white space is left.
    mutating func expectEnd() throws(ChangeSetError) {
        skipSpace()
        if offset < bytes.count { throw fault(.unexpectedByte) }
    }

    /// Takes an array, calling `element` at the start of each of its elements.
    mutating func array(_ element: (inout Self) throws(ChangeSetError) -> Void) throws(ChangeSetError) {
        try expect("[")
        if take("]") { return }
        repeat { try element(&self) } while take(",")
        try expect("]")
    }

    /// Takes an object, calling `member` with each name at the start of its value.
    mutating func object(_ member: (inout Self, String) throws(ChangeSetError) -> Void) throws(ChangeSetError) {
        try expect("{")
        if take("}") { return }
        repeat {
            let name = try string()
            try expect(":")
            try member(&self, name)
        } while take(",")
        try expect("}")
    }

    /// Takes a whole number from 0 to `maximum`, written as digits only.
    mutating func integer(maximum: Int = 1 << 53) throws(ChangeSetError) -> Int {
        skipSpace()
        let start = offset
        var value = 0
        while offset < bytes.count, case let digit = bytes[offset], digit >= 0x30, digit <= 0x39 {
            value = value * 10 + Int(digit - 0x30)
            // Before the next digit could overflow.
            if value > maximum { throw fault(.number) }
            offset += 1
        }
        if offset == start {
            if offset == bytes.count { throw fault(.cutOff) }
            throw fault(bytes[offset] == UInt8(ascii: "-") ? .number : .unexpectedByte)
        }
        if bytes[start] == 0x30 && offset > start + 1 { throw fault(.number) }
        if offset < bytes.count, [UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E")].contains(bytes[offset]) {
            throw fault(.number)
        }
        return value
    }

    /// Takes a string of any characters.
    mutating func string() throws(ChangeSetError) -> String {
        var units: [UInt16] = []
        try appendString(to: &units)
        return String(decoding: units, as: UTF16.self)
    }

    /// Takes a string without line breaks and appends its UTF-16 units.
    mutating func appendLine(to units: inout [UInt16]) throws(ChangeSetError) {
        let start = offset
        let first = units.count
        try appendString(to: &units)
        for unit in units[first...] where unit == 0x0A || unit == 0x0D {
            throw .malformed(offset: start, .lineBreak)
        }
    }

    /// Whether the next value, after white space, is an array.
    mutating func isAtArray() -> Bool {
        skipSpace()
        return offset < bytes.count && bytes[offset] == UInt8(ascii: "[")
    }

    func fault(_ fault: ChangeSetError.Fault) -> ChangeSetError { .malformed(offset: offset, fault) }

    private mutating func skipSpace() {
        while offset < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[offset]) { offset += 1 }
    }

    private mutating func appendString(to units: inout [UInt16]) throws(ChangeSetError) {
        try expect("\"")
        while offset < bytes.count {
            let byte = bytes[offset]
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                return
            case UInt8(ascii: "\\"):
                try appendEscape(to: &units)
            case 0..<0x20:
                throw fault(.escape)
            case 0x20..<0x80:
                units.append(UInt16(byte))
                offset += 1
            default:
                try appendScalar(to: &units)
            }
        }
        throw fault(.cutOff)
    }

    /// Takes a scalar of two to four bytes; overlong forms, surrogates and values above U+10FFFF are refused.
    private mutating func appendScalar(to units: inout [UInt16]) throws(ChangeSetError) {
        let lead = bytes[offset]
        let (count, smallest): (Int, UInt32)
        switch lead {
        case 0xC2...0xDF: (count, smallest) = (2, 0x80)
        case 0xE0...0xEF: (count, smallest) = (3, 0x800)
        case 0xF0...0xF4: (count, smallest) = (4, 0x10000)
        default: throw fault(.notUTF8)
        }
        guard offset + count <= bytes.count else { throw fault(.cutOff) }
        var value = UInt32(lead) & (0xFF >> UInt32(count + 1))
        for byte in bytes[(offset + 1)..<(offset + count)] {
            guard byte & 0xC0 == 0x80 else { throw fault(.notUTF8) }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        guard value >= smallest, let scalar = Unicode.Scalar(value) else { throw fault(.notUTF8) }
        units.append(contentsOf: UTF16.encode(scalar).map { Array($0) } ?? [])
        offset += count
    }

    private mutating func appendEscape(to units: inout [UInt16]) throws(ChangeSetError) {
        guard offset + 1 < bytes.count else { throw fault(.cutOff) }
        let plain: UInt16
        switch bytes[offset + 1] {
        case UInt8(ascii: "\""): plain = 0x22
        case UInt8(ascii: "\\"): plain = 0x5C
        case UInt8(ascii: "/"): plain = 0x2F
        case UInt8(ascii: "b"): plain = 0x08
        case UInt8(ascii: "f"): plain = 0x0C
        case UInt8(ascii: "n"): plain = 0x0A
        case UInt8(ascii: "r"): plain = 0x0D
        case UInt8(ascii: "t"): plain = 0x09
        case UInt8(ascii: "u"):
            let unit = try hexadecimal()
            units.append(unit)
            if UTF16.isTrailSurrogate(unit) { throw fault(.loneSurrogate) }
            guard UTF16.isLeadSurrogate(unit) else { return }
            guard offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"), bytes[offset + 1] == UInt8(ascii: "u")
            else { throw fault(.loneSurrogate) }
            let trail = try hexadecimal()
            guard UTF16.isTrailSurrogate(trail) else { throw fault(.loneSurrogate) }
            units.append(trail)
            return
        default: throw fault(.escape)
        }
        units.append(plain)
        offset += 2
    }

    /// Takes the six bytes of `\uXXXX`.
    private mutating func hexadecimal() throws(ChangeSetError) -> UInt16 {
        guard offset + 6 <= bytes.count else { throw fault(.cutOff) }
        var value: UInt16 = 0
        for byte in bytes[(offset + 2)..<(offset + 6)] {
            switch byte {
            case 0x30...0x39: value = value << 4 | UInt16(byte - 0x30)
            case 0x41...0x46: value = value << 4 | UInt16(byte - 0x41 + 10)
            case 0x61...0x66: value = value << 4 | UInt16(byte - 0x61 + 10)
            default: throw fault(.escape)
            }
        }
        offset += 6
        return value
    }
}
