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
    public var sqlParameter: SQLParameter { rawValue.sqlParameter }

    public init(cell: Cell) throws(DatabaseError) {
        let raw = try RawValue(cell: cell)
        guard let value = Self(rawValue: raw) else { throw cell.mismatch(wanted: "\(Self.self)") }
        self = value
    }
}

extension Optional: SQLValue where Wrapped: SQLValue {
    public var sqlParameter: SQLParameter { self?.sqlParameter ?? .null }

    public init(cell: Cell) throws(DatabaseError) {
        self = cell.isNull ? nil : try Wrapped(cell: cell)
    }
}

extension Int64: SQLValue {
    public var sqlParameter: SQLParameter { .signed(self) }

    public init(cell: Cell) throws(DatabaseError) {
        self = try cell.integer(Int64.self)
    }
}

extension UInt64: SQLValue {
    public var sqlParameter: SQLParameter { .unsigned(self) }

    public init(cell: Cell) throws(DatabaseError) {
        self = try cell.integer(UInt64.self)
    }
}

extension Int: SQLValue {
    public var sqlParameter: SQLParameter { .signed(Int64(self)) }

    public init(cell: Cell) throws(DatabaseError) {
        self = try cell.integer(Int.self)
    }
}

extension Bool: SQLValue {
    public var sqlParameter: SQLParameter { .signed(self ? 1 : 0) }

    public init(cell: Cell) throws(DatabaseError) {
        self = try cell.integer(Int64.self) != 0
    }
}

extension Double: SQLValue {
    public var sqlParameter: SQLParameter { isFinite ? .double(self) : .unbindable }

    public init(cell: Cell) throws(DatabaseError) {
        self = try cell.double()
    }
}

extension String: SQLValue {
    public var sqlParameter: SQLParameter { .text(self) }

    public init(cell: Cell) throws(DatabaseError) {
        self = try cell.text()
    }
}

extension [UInt8]: SQLValue {
    public var sqlParameter: SQLParameter { .bytes(self) }

    public init(cell: Cell) throws(DatabaseError) {
        self = try cell.bytes()
    }
}
