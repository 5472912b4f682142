/// A type that is bound to a `?` and read from a column.
///
/// An id or an enumeration with a raw value joins in one line: `extension Project.ID: SQLValue {}`.
public protocol SQLValue {
    /// What is sent to the server.
    var sqlParameter: SQLParameter { get }

    /// Reads a column. Throws `DatabaseError.mismatch` when it doesn't fit.
    init(cell: Cell) throws(DatabaseError)
}

/// One bound value, in a shape that the protocol knows.
public enum SQLParameter: Sendable, Hashable {
    case null
    case signed(Int64)
    case unsigned(UInt64)
    case double(Double)
    case text(String)
    case bytes([UInt8])

    /// Microseconds since 1970 in UTC.
    case instant(Int64)

    /// A value with no form in SQL; executing it throws `DatabaseError.invalidValue`.
    case unbindable
}

extension SQLValue where Self: RawRepresentable, RawValue: SQLValue {
    /// The raw value's.
    public var sqlParameter: SQLParameter { rawValue.sqlParameter }

    /// Reads the raw value; throws when no case or id has it.
    public init(cell: Cell) throws(DatabaseError) {
        let raw = try RawValue(cell: cell)
        guard let value = Self(rawValue: raw) else { throw cell.mismatch(wanted: "\(Self.self)") }
        self = value
    }
}

extension Optional: SQLValue where Wrapped: SQLValue {
    /// NULL for nil.
    public var sqlParameter: SQLParameter { self?.sqlParameter ?? .null }

    /// NULL is nil.
    public init(cell: Cell) throws(DatabaseError) {
        self = cell.isNull ? nil : try Wrapped(cell: cell)
    }
}

extension Int64: SQLValue {
    /// A BIGINT.
    public var sqlParameter: SQLParameter { .signed(self) }

    /// Reads a whole number; throws when it is out of range.
    public init(cell: Cell) throws(DatabaseError) {
        self = try cell.integer(Int64.self)
    }
}

extension UInt64: SQLValue {
    /// A BIGINT UNSIGNED.
    public var sqlParameter: SQLParameter { .unsigned(self) }

    /// Reads a whole number; throws when it is negative.
    public init(cell: Cell) throws(DatabaseError) {
        self = try cell.integer(UInt64.self)
    }
}

extension Int: SQLValue {
    /// A BIGINT.
    public var sqlParameter: SQLParameter { .signed(Int64(self)) }

    /// Reads a whole number; throws when it is out of range.
    public init(cell: Cell) throws(DatabaseError) {
        self = try cell.integer(Int.self)
    }
}

extension Bool: SQLValue {
    /// 1 or 0.
    public var sqlParameter: SQLParameter { .signed(self ? 1 : 0) }

    /// Reads a whole number: everything but 0 is true.
    public init(cell: Cell) throws(DatabaseError) {
        self = try cell.integer(Int64.self) != 0
    }
}

extension Double: SQLValue {
    /// A DOUBLE; not a number and the infinities can't be bound.
    public var sqlParameter: SQLParameter { isFinite ? .double(self) : .unbindable }

    /// Reads a number.
    public init(cell: Cell) throws(DatabaseError) {
        self = try cell.double()
    }
}

extension String: SQLValue {
    /// Text in utf8mb4.
    public var sqlParameter: SQLParameter { .text(self) }

    /// Reads text, or bytes that are UTF-8.
    public init(cell: Cell) throws(DatabaseError) {
        self = try cell.text()
    }
}

extension [UInt8]: SQLValue {
    /// Bytes.
    public var sqlParameter: SQLParameter { .bytes(self) }

    /// Reads bytes, or text as its UTF-8.
    public init(cell: Cell) throws(DatabaseError) {
        self = try cell.bytes()
    }
}
