import Glibc

/// Random bytes from the operating system.
public enum SecureRandom {
    /// Each thread's own: one for all would have the threads wait for each other on every page.
    private static let reserves: pthread_key_t = {
        var key = pthread_key_t()
        let failed = pthread_key_create(&key) { $0.map { Unmanaged<Reserve>.fromOpaque($0).release() } }
        precondition(failed == 0, "there is no place for what each thread has of its own")
        return key
    }()

    /// - Parameter count: how many bytes.
    public static func bytes(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            ownReserve().fill(UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count]))
            filled = count
        }
    }

    /// The calling thread's reserve, made at its first call and released when the thread ends.
    private static func ownReserve() -> Reserve {
        if let known = pthread_getspecific(reserves) {
            return Unmanaged<Reserve>.fromOpaque(known).takeUnretainedValue()
        }
        let reserve = Reserve()
        pthread_setspecific(reserves, Unmanaged.passRetained(reserve).toOpaque())
        return reserve
    }

    /// Bytes that nobody has been given yet, asked for in advance: a page needs three small numbers, and a call for each
    /// would cost more than the numbers. For one thread.
    private final class Reserve {
        // As many as the system gives at once (getentropy(3)).
        private var bytes = [UInt8](repeating: 0, count: 256)
        private var used = 256

        func fill(_ buffer: UnsafeMutableRawBufferPointer) {
            bytes.withUnsafeMutableBytes { bytes in
                for index in buffer.indices {
                    if used == bytes.count {
                        let failed = getentropy(bytes.baseAddress, bytes.count)
                        precondition(failed == 0, "the system gives no random bytes")
                        used = 0
                    }
                    buffer[index] = bytes[used]
                    // What was given out is nowhere else.
                    bytes[used] = 0
                    used += 1
                }
            }
        }
    }

    /// A token of that many random bytes, as URL-safe base64 without padding.
    public static func token(bytes count: Int = 32) -> String {
        Base64URL.encode(bytes(count))
    }
}

/// URL-safe base64 without padding (RFC 4648 section 5).
public enum Base64URL {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

    /// Four characters for each three bytes, fewer at the end.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        let bytes = Array(bytes)
        return String(unsafeUninitializedCapacity: (bytes.count * 4 + 2) / 3) { out in
            var bits: UInt32 = 0
            var count = 0
            var length = 0
            let alphabet = alphabet
            func put(_ value: UInt32) {
                out[length] = alphabet[Int(value & 63)]
                length += 1
            }
            for byte in bytes {
                bits = bits << 8 | UInt32(byte)
                count += 8
                while count >= 6 {
                    count -= 6
                    put(bits >> UInt32(count))
                }
            }
            if count > 0 { put(bits << UInt32(6 - count)) }
            return length
        }
    }

    /// Nil when a character is not of the alphabet or bits are left over.
    public static func decode(_ text: String) -> [UInt8]? {
        var out: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for character in text.utf8 {
            guard let value = value(of: character) else { return nil }
            bits = bits << 6 | value
            count += 6
            if count >= 8 {
                count -= 8
                out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        guard count < 6, bits & (1 << UInt32(count) - 1) == 0 else { return nil }
        return out
    }

    private static func value(of character: UInt8) -> UInt32? {
        switch character {
        case 65...90: UInt32(character - 65)
        case 97...122: UInt32(character - 71)
        case 48...57: UInt32(character + 4)
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
