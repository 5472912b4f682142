/// Between UTF-8 and UTF-16 units, for texts of megabytes; the standard library's own way costs several times as much.
enum UTF16Units {
    static let replacement: UInt16 = 0xFFFD

    /// The units of valid UTF-8, with "\r\n" and "\r" made "\n". What isn't valid gives some text, never a trap.
    static func decode(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt16] {
        // UTF-16 never has more units than UTF-8 has bytes.
        [UInt16](unsafeUninitializedCapacity: bytes.count) { units, count in
            var at = 0
            func tail(_ offset: Int) -> UInt32 {
                at + offset < bytes.count ? UInt32(bytes[at + offset] & 0x3F) : 0
            }
            while at < bytes.count {
                let lead = bytes[at]
                if lead < 0x80 {
                    if lead == 0x0D {
                        units[count] = 0x0A
                        if at + 1 < bytes.count, bytes[at + 1] == 0x0A { at += 1 }
                    } else {
                        units[count] = UInt16(lead)
                    }
                    at += 1
                } else if lead < 0xE0 {
                    units[count] = UInt16(UInt32(lead & 0x1F) << 6 | tail(1))
                    at += 2
                } else if lead < 0xF0 {
                    units[count] = UInt16(truncatingIfNeeded: UInt32(lead & 0x0F) << 12 | tail(1) << 6 | tail(2))
                    at += 3
                } else {
                    let scalar = UInt32(lead & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3)
                    let rest = (scalar &- 0x10000) & 0xFFFFF
                    units[count] = UInt16(0xD800 + (rest >> 10))
                    // A four-byte lead cut off at the end of the bytes has room for one unit only.
                    if at + 1 < bytes.count {
                        count += 1
                        units[count] = UInt16(0xDC00 + (rest & 0x3FF))
                    }
                    at += 4
                }
                count += 1
            }
        }
    }

    /// Appends the UTF-8 of some units; each lone surrogate becomes U+FFFD.
    static func appendUTF8(of units: ArraySlice<UInt16>, to bytes: inout [UInt8]) {
        units.withUnsafeBufferPointer { units in
            var at = 0
            while at < units.count {
                let unit = units[at]
                at += 1
                if unit < 0x80 {
                    bytes.append(UInt8(unit))
                } else if unit < 0x800 {
                    bytes.append(UInt8(0xC0 | unit >> 6))
                    bytes.append(UInt8(0x80 | unit & 0x3F))
                } else if UTF16.isLeadSurrogate(unit), at < units.count, UTF16.isTrailSurrogate(units[at]) {
                    let scalar = 0x10000 + (UInt32(unit & 0x3FF) << 10 | UInt32(units[at] & 0x3FF))
                    at += 1
                    bytes.append(UInt8(0xF0 | scalar >> 18))
                    bytes.append(UInt8(0x80 | scalar >> 12 & 0x3F))
                    bytes.append(UInt8(0x80 | scalar >> 6 & 0x3F))
                    bytes.append(UInt8(0x80 | scalar & 0x3F))
                } else {
                    let whole = unit & 0xF800 == 0xD800 ? replacement : unit
                    bytes.append(UInt8(0xE0 | whole >> 12))
                    bytes.append(UInt8(0x80 | whole >> 6 & 0x3F))
                    bytes.append(UInt8(0x80 | whole & 0x3F))
                }
            }
        }
    }
}
