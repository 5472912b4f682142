public import Wire

/// One variable of a program's environment, besides those that every program finds there.
///
/// Its value may be a secret, so it is told to nobody who prints it: not by `print`, a log or a failed test.
public struct RunVariable: Hashable, Sendable {
    /// The most of them in one run: 64.
    public static let maximumCount = 64
    /// The most bytes of a name: 100.
    public static let maximumName = 100
    /// The most bytes of a value: 16 KiB.
    public static let maximumValue = 16 * 1024
    /// The most bytes of all names and values of one run together: 64 KiB.
    public static let maximumTotal = 64 * 1024

    /// What the runner itself sets for every program, and nobody else does. A program that looked elsewhere for its
    /// home, its user or its interpreter would not be the language's any more.
    public static let setByRunner: Set<String> = ["HOME", "LOGNAME", "PATH", "SHELL", "USER"]
    /// What the names begin with that are kept for Carrel's own use.
    public static let reservedPrefix = "CARREL_"

    /// Why there can't be such a variable.
    public enum Fault: Error, Hashable, Sendable {
        /// The name is not made of ASCII letters, digits and `_`, begins with a digit, is empty or too long.
        case name
        /// The name is one of `setByRunner`.
        case setByRunner
        /// The name begins with `reservedPrefix`.
        case reserved
        /// The value is too long.
        case tooLong
        /// The value has a NUL, which no environment can hold.
        case nul
    }

    /// Its name.
    public let name: String
    /// Its value; may be empty.
    public let value: String

    /// A variable that keeps all rules.
    public init(name: String, value: String) throws(Fault) {
        try Self.check(name: name)
        guard value.utf8.count <= Self.maximumValue else { throw .tooLong }
        guard !value.utf8.contains(0) else { throw .nul }
        self.name = name
        self.value = value
    }

    /// Throws unless there may be a variable of this name.
    public static func check(name: String) throws(Fault) {
        let bytes = name.utf8
        guard (1...maximumName).contains(bytes.count), let first = bytes.first, !(0x30...0x39).contains(first),
            bytes.allSatisfy({ Self.isAllowed($0) })
        else { throw .name }
        guard !setByRunner.contains(name) else { throw .setByRunner }
        guard !name.hasPrefix(reservedPrefix) else { throw .reserved }
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
        default: false
        }
    }

    /// Whether these may be the variables of one run: no name twice, not too many, not too much.
    public static func areAllowed(_ variables: [RunVariable]) -> Bool {
        variables.count <= maximumCount && Set(variables.map(\.name)).count == variables.count
            && variables.reduce(0) { $0 + $1.size } <= maximumTotal
    }

    /// The bytes that count towards `maximumTotal`.
    public var size: Int { name.utf8.count + value.utf8.count }
}

extension RunVariable: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The name, and that it has a value.
    public var description: String { "\(name)=…" }
    /// The same.
    public var debugDescription: String { description }
    /// The name alone.
    public var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}

extension RunVariable: WireValue {
    /// Reads name and value; throws `refused` when they break a rule.
    public init(from reader: inout WireReader) throws(WireError) {
        let name = try reader.text(atMost: Self.maximumName)
        let value = try reader.text(atMost: Self.maximumValue)
        do {
            try self.init(name: name, value: value)
        } catch {
            throw .refused
        }
    }

    /// Writes name and value.
    public func write(to writer: inout WireWriter) {
        writer.put(name)
        writer.put(value)
    }
}
