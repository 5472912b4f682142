import Glibc

/// Why a socket call failed.
public struct SocketError: Error, Equatable, CustomStringConvertible {
    /// What was tried, for example `connect /run/carrel/runner.sock`.
    public let action: String
    /// The system's error number (errno(3)).
    public let code: Int32

    /// Takes the error number of the call that just failed.
    init(_ action: String, code: Int32 = errno) {
        self.action = action
        self.code = code
    }

    /// The deadline passed before the call could finish.
    public var isTimeout: Bool { code == ETIMEDOUT }

    /// Action and the system's words for the code.
    public var description: String { "\(action): \(String(cString: strerror(code)))" }
}
