/// How a text must be written so that it stays text where it stands.
enum Escaping: UInt8, Sendable {
    /// HTML text, a quoted attribute, a textarea or a title: `& < > " '` become character references.
    case html
    /// From the start of an address attribute: what addresses are made of stays, all else is percent-encoded.
    case address
    /// Inside the path of an address: as `address`, but `?` and `#` are data.
    case addressPath
    /// One component of an address (a segment, or a name or value of the query): only unreserved characters stay.
    case component
    /// Components with slashes between them.
    case path
    /// The inside of a JSON string in a script.
    case jsonString
    /// A whole JSON document in a script: what could end the script is written as an escape.
    case json
}

extension Output {
    /// Appends a text, escaped.
    @inline(__always)
    mutating func append(_ text: String, escaping: Escaping) {
        var text = text
        text.withUTF8 { append($0, escaping: escaping) }
    }

    /// Appends UTF-8, escaped; in portions, so that room for the worst case stays small.
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, escaping: Escaping) {
        guard var start = bytes.baseAddress else { return }
        var left = bytes.count
        while left > 0 {
            var portion = min(left, 4096)
            // A portion ends between characters, so that each is seen whole.
            while portion < left, start[portion] & 0xC0 == 0x80, portion > 4092 { portion -= 1 }
            switch escaping {
            case .html: appendHTML(start, portion)
            case .address: appendEncoded(start, portion, left, keeping: .address)
            case .addressPath: appendEncoded(start, portion, left, keeping: .addressPath)
            case .component: appendEncoded(start, portion, left, keeping: .component)
            case .path: appendEncoded(start, portion, left, keeping: .path)
            case .jsonString: appendJSON(start, portion, isString: true)
            case .json: appendJSON(start, portion, isString: false)
            }
            start += portion
            left -= portion
        }
    }

    /// Eight bytes at a time where none is special, else one by one.
    private mutating func appendHTML(_ source: UnsafePointer<UInt8>, _ length: Int) {
        let start = room(for: length * 6)
        var target = start
        var index = 0
        while index < length {
            if length - index >= 8 {
                let word = UnsafeRawPointer(source + index).loadUnaligned(as: UInt64.self)
                if !holdsSpecial(word) {
                    UnsafeMutableRawPointer(target).storeBytes(of: word, as: UInt64.self)
                    target += 8
                    index += 8
                    continue
                }
            }
            let stop = min(index + 8, length)
            while index < stop {
                target += writeHTML(source[index], to: target)
                index += 1
            }
        }
        advance(by: target - start)
    }
}

/// Whether one of the eight bytes is one of `& < > " '`. `&` and `'` differ in one bit, as do `<` and `>`, so three
/// searches for a zero byte find all five.
@inline(__always)
private func holdsSpecial(_ word: UInt64) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quote = word ^ (ones &* 0x22)
    let ampersand = (word | ones) ^ (ones &* 0x27)
    let angle = (word | (ones &* 0x02)) ^ (ones &* 0x3E)
    let zeros =
        ((quote &- ones) & ~quote) | ((ampersand &- ones) & ~ampersand) | ((angle &- ones) & ~angle)
    return zeros & (ones &* 0x80) != 0
}

/// Writes one byte, or the character reference for it (at most six bytes); returns how many were written.
@inline(__always)
private func writeHTML(_ byte: UInt8, to target: UnsafeMutablePointer<UInt8>) -> Int {
    switch byte {
    case UInt8(ascii: "&"): return write("&amp;", to: target)
    case UInt8(ascii: "<"): return write("&lt;", to: target)
    case UInt8(ascii: ">"): return write("&gt;", to: target)
    case UInt8(ascii: "\""): return write("&quot;", to: target)
    case UInt8(ascii: "'"): return write("&#39;", to: target)
    default:
        target.pointee = byte
        return 1
    }
}

@inline(__always)
func write(_ text: StaticString, to target: UnsafeMutablePointer<UInt8>) -> Int {
    target.update(from: text.utf8Start, count: text.utf8CodeUnitCount)
    return text.utf8CodeUnitCount
}
