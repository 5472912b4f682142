/// The ASCII characters that an address keeps; all others, and all bytes past ASCII, are percent-encoded.
struct AddressAlphabet {
    /// One bit a character: 0…63 and 64…127.
    private let low: UInt64
    private let high: UInt64
    /// Whether `%41` is left alone, since the text may hold an address that is encoded already.
    let keepsEncoded: Bool

    private static let unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"

    // "'" and "&" have a meaning in addresses and in HTML: the first is encoded, the second becomes "&amp;".
    static let address = AddressAlphabet(unreserved + "/?#:@!$&()*+,;=[]", keepsEncoded: true)
    static let addressPath = AddressAlphabet(unreserved + "/:@!$&()*+,;=", keepsEncoded: true)
    static let component = AddressAlphabet(unreserved, keepsEncoded: false)
    static let path = AddressAlphabet(unreserved + "/", keepsEncoded: false)

    private init(_ characters: String, keepsEncoded: Bool) {
        var bits: (low: UInt64, high: UInt64) = (0, 0)
        for byte in characters.utf8 {
            if byte < 64 { bits.low |= 1 << UInt64(byte) } else { bits.high |= 1 << UInt64(byte - 64) }
        }
        (low, high) = bits
        self.keepsEncoded = keepsEncoded
    }

    @inline(__always)
    func keeps(_ byte: UInt8) -> Bool {
        let bits = byte < 64 ? low : high
        return byte < 128 && (bits >> UInt64(byte & 63)) & 1 == 1
    }
}

extension Output {
    /// Appends `length` bytes percent-encoded, and "&" as a character reference. `available` bytes (at least `length`)
    /// may be looked at, so that "%41" is recognized across portions.
    mutating func appendEncoded(
        _ source: UnsafePointer<UInt8>,
        _ length: Int,
        _ available: Int,
        keeping alphabet: AddressAlphabet
    ) {
        let start = room(for: length * 5)
        var target = start
        for index in 0..<length {
            let byte = source[index]
            if byte == UInt8(ascii: "&"), alphabet.keeps(byte) {
                target += write("&amp;", to: target)
            } else if alphabet.keeps(byte)
                || byte == UInt8(ascii: "%") && alphabet.keepsEncoded
                    && index + 2 < available && isHex(source[index + 1]) && isHex(source[index + 2])
            {
                target.pointee = byte
                target += 1
            } else {
                target[0] = UInt8(ascii: "%")
                target[1] = hexDigit(byte >> 4)
                target[2] = hexDigit(byte & 15)
                target += 3
            }
        }
        advance(by: target - start)
    }

    /// Replaces the address written since `start` by "#" unless it leads nowhere but to this site, the web or mail.
    mutating func checkAddress(from start: Int) {
        if !isSafeAddress(bytes(from: start)) {
            truncate(to: start)
            append(UInt8(ascii: "#"))
        }
    }
}

/// Whether an address, as written into the attribute, is relative to this site or has a scheme that is allowed.
///
/// The bytes are already encoded: a control character or a backslash is "%09" or "%5C" here, and can't hide a scheme
/// as it could from a browser that drops tabs and takes "\" for "/".
private func isSafeAddress(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = bytes.first else { return true }
    if first == UInt8(ascii: "/") {
        return bytes.count == 1 || bytes[1] != UInt8(ascii: "/")
    }
    if first == UInt8(ascii: "%"), bytes.count >= 3 {
        let isControl = bytes[1] == UInt8(ascii: "0") || bytes[1] == UInt8(ascii: "1")
        let isBackslash = bytes[1] == UInt8(ascii: "5") && bytes[2] | 0x20 == UInt8(ascii: "c")
        if isControl || isBackslash { return false }
    }
    for (index, byte) in bytes.enumerated() {
        switch byte {
        case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"): return true
        case UInt8(ascii: ":"): return isAllowedScheme(UnsafeBufferPointer(rebasing: bytes[..<index]))
        default: break
        }
    }
    return true
}

/// Whether addresses of this scheme (without the colon, in any case) may stand in a page.
func isAllowedScheme(_ scheme: some Collection<UInt8>) -> Bool {
    let allowed: [StaticString] = ["http", "https", "mailto"]
    return allowed.contains { name in
        name.withUTF8Buffer { $0.elementsEqual(scheme.lazy.map(\.lowercased)) }
    }
}

private func isHex(_ byte: UInt8) -> Bool {
    byte.isDigit || (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "f")
}

@inline(__always)
func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + (value - 10)
}
