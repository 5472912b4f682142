import CMariaDB

/// One row, lent to the closure of `Connection.all` or `first`.
///
/// Read columns by position, as whatever type the context asks for: `Project(id: try row[0], name: try row[1])`.
/// Don't keep a row: reading one after the next was fetched throws `DatabaseError.misuse`.
public struct Row {
    let buffers: ResultBuffers
    let generation: Int

    /// How many columns there are.
    public var count: Int { buffers.columns.count }

    /// Reads one column, counted from 0. Throws `DatabaseError.mismatch` when it doesn't fit the type; NULL fits only
    /// an optional.
    public subscript<Value: SQLValue>(_ column: Int) -> Value {
        get throws(DatabaseError) {
            guard generation == buffers.generation else { throw .misuse("A row was read after its time.") }
            guard buffers.columns.indices.contains(column) else {
                throw .misuse("There is no column \(column) in a row of \(count).")
            }
            return try Value(cell: Cell(buffers: buffers, column: column))
        }
    }
}

/// One column of one row, lent to `SQLValue.init(cell:)`.
public struct Cell {
    let buffers: ResultBuffers
    let column: Int

    /// Whether the cell is NULL.
    public var isNull: Bool { buffers.isNull(column) }

    /// The error to throw when the cell isn't what the type needs. It names the column and the types, never the value.
    public func mismatch(wanted: String) -> DatabaseError {
        let found = isNull ? "NULL" : "\(buffers.columns[column].kind)"
        return .mismatch(column: buffers.columns[column].name, found: found, wanted: wanted)
    }

    func integer<Value: FixedWidthInteger>(_ type: Value.Type) throws(DatabaseError) -> Value {
        guard !isNull else { throw mismatch(wanted: "\(type)") }
        let value: Value? =
            switch buffers.columns[column].kind {
            case .signed: Value(exactly: buffers.load(column, as: Int64.self))
            case .unsigned: Value(exactly: buffers.load(column, as: UInt64.self))
            case .decimal: Value(try text())
            case .double, .instant, .bytes: nil
            }
        guard let value else { throw mismatch(wanted: "\(type)") }
        return value
    }

    func double() throws(DatabaseError) -> Double {
        guard !isNull else { throw mismatch(wanted: "Double") }
        let value: Double? =
            switch buffers.columns[column].kind {
            case .double: buffers.load(column, as: Double.self)
            case .signed: Double(exactly: buffers.load(column, as: Int64.self))
            case .unsigned: Double(exactly: buffers.load(column, as: UInt64.self))
            case .decimal: Double(try text())
            case .instant, .bytes: nil
            }
        guard let value else { throw mismatch(wanted: "Double") }
        return value
    }

    func instant() throws(DatabaseError) -> Int64 {
        guard !isNull, buffers.columns[column].kind == .instant else { throw mismatch(wanted: "Date") }
        return buffers.load(column, as: MYSQL_TIME.self).instant
    }

    func text() throws(DatabaseError) -> String {
        guard !isNull, hasBytes, let text = try buffers.withBytes(column, { String(validating: $0, as: UTF8.self) })
        else { throw mismatch(wanted: "String") }
        return text
    }

    func bytes() throws(DatabaseError) -> [UInt8] {
        guard !isNull, hasBytes else { throw mismatch(wanted: "[UInt8]") }
        return try buffers.withBytes(column) { [UInt8]($0) }
    }

    private var hasBytes: Bool {
        switch buffers.columns[column].kind {
        case .bytes, .decimal: true
        case .signed, .unsigned, .double, .instant: false
        }
    }
}
