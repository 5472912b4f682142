/// Why a server couldn't be made. Each description is a sentence for the operator.
public enum FastCGIError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Somebody else is listening on the path.
    case inUse(path: String)

    /// Something that isn't a socket lies at the path.
    case notASocket(path: String)

    /// The path is longer than a Unix socket's may be: 107 bytes, of which a temporary suffix takes up to 8.
    case pathTooLong(path: String)

    /// A system call failed.
    case system(call: String, path: String, code: Int32)

    /// The system didn't give that many threads.
    case threads(wanted: Int, code: Int32)

    /// libfcgi didn't start.
    case library(code: Int32)

    /// A sentence for the operator.
    public var description: String {
        switch self {
        case .inUse(let path): "Another process is listening on \(path). Stop it first."
        case .notASocket(let path): "\(path) is in the way: it isn't a socket. Move it away."
        case .pathTooLong(let path): "The socket's path \(path) is too long. Use one of at most 99 bytes."
        case .system(let call, let path, let code): "\(call) failed for \(path): \(errorText(code))."
        case .threads(let wanted, let code): "\(wanted) threads can't be started: \(errorText(code)). Ask for fewer."
        case .library(let code): "libfcgi did not start (\(code))."
        }
    }
}
