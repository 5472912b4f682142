import Glibc
import Web

/// The parameters of one FastCGI request (CGI/1.1, RFC 3875, with nginx's REQUEST_URI and REQUEST_ID), sorted.
///
/// Bytes that aren't UTF-8 are repaired: no handler has to think of them, and they match no route.
struct Parameters {
    private(set) var method = ""
    private(set) var target = ""
    private(set) var query = ""
    private(set) var headers: Headers = [:]
    private(set) var remoteAddress = ""
    private(set) var requestID = ""
    private(set) var isSecure = false
    private(set) var contentLength: String?

    /// - Parameter entries: `NAME=value` each, ended by a null pointer.
    init(_ entries: UnsafePointer<UnsafeMutablePointer<CChar>?>?) {
        guard var entry = entries else { return }
        while let text = entry.pointee {
            let bytes = UnsafeRawBufferPointer(start: text, count: strlen(text))
            if let equals = bytes.firstIndex(of: UInt8(ascii: "=")) {
                let value = UnsafeRawBufferPointer(rebasing: bytes[(equals + 1)...])
                add(UnsafeRawBufferPointer(rebasing: bytes[..<equals]), value)
            }
            entry += 1
        }
    }

    private mutating func add(_ name: UnsafeRawBufferPointer, _ bytes: UnsafeRawBufferPointer) {
        if name.starts(with: Self.headerPrefix) {
            headers.add(Self.headerName(name.dropFirst(5)), String(decoding: bytes, as: UTF8.self))
            return
        }
        // None below is longer, and names of up to 15 bytes need no memory of their own.
        guard name.count <= 15 else { return }
        let value = String(decoding: bytes, as: UTF8.self)
        switch String(decoding: name, as: UTF8.self) {
        case "REQUEST_METHOD": method = value
        case "REQUEST_URI": target = value
        case "QUERY_STRING": query = value
        case "REMOTE_ADDR": remoteAddress = value
        case "REQUEST_ID": requestID = value
        case "HTTPS": isSecure = value.lowercased() == "on"
        case "CONTENT_TYPE": if !value.isEmpty { headers["content-type"] = value }
        case "CONTENT_LENGTH": contentLength = value.isEmpty ? nil : value
        default: break
        }
    }

    private static let headerPrefix = Array("HTTP_".utf8)

    /// `ACCEPT_LANGUAGE` is `accept-language`.
    private static func headerName(_ name: Slice<UnsafeRawBufferPointer>) -> String {
        String(unsafeUninitializedCapacity: name.count) { buffer in
            var count = 0
            for byte in name where byte < 0x80 {
                switch byte {
                case UInt8(ascii: "_"): buffer[count] = UInt8(ascii: "-")
                case UInt8(ascii: "A")...UInt8(ascii: "Z"): buffer[count] = byte | 0x20
                default: buffer[count] = byte
                }
                count += 1
            }
            return count
        }
    }
}
