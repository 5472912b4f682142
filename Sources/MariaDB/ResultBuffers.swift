import CMariaDB

/// The memory that the rows of one prepared statement are fetched into, one row at a time.
///
/// Numbers and dates land in 8-byte-aligned slots. Text and bytes get a slot of up to `inlineCapacity`; a longer cell
/// stays with the library, which tells its length, and is copied out once into memory of exactly that length
/// (`copyBytes`), so a LONGTEXT of any size costs nothing until it is read.
final class ResultBuffers {
    /// How a column is fetched.
    enum Kind {
        case signed
        case unsigned
        case double
        case instant
        case bytes

        /// An exact number as text: DECIMAL, which SUM gives.
        case decimal
    }

    struct Column {
        let name: String
        let kind: Kind
        fileprivate let offset: Int
        fileprivate let capacity: Int
    }

    let columns: [Column]

    /// Rises with every row, so that a `Row` kept for too long is noticed.
    private(set) var generation = 0

    private let statement: UnsafeMutablePointer<MYSQL_STMT>
    private let memory: UnsafeMutableRawPointer
    private let binds: UnsafeMutablePointer<MYSQL_BIND>

    private static let inlineCapacity = 1024

    init(_ statement: UnsafeMutablePointer<MYSQL_STMT>, _ fields: UnsafeBufferPointer<MYSQL_FIELD>) {
        var size = 0
        columns = fields.map { field in
            let kind = Self.kind(field)
            let capacity = Self.capacity(kind, declared: Int(field.length))
            defer { size += capacity.roundedToEight }
            return Column(name: String(cString: field.name), kind: kind, offset: size, capacity: capacity)
        }
        self.statement = statement
        memory = .allocate(byteCount: max(8, size), alignment: 8)
        binds = .allocate(capacity: max(1, columns.count))
        for (index, column) in columns.enumerated() {
            let bind = binds + index
            bind.initialize(to: MYSQL_BIND())
            bind.pointee.buffer = memory + column.offset
            bind.pointee.buffer_length = UInt(column.capacity)
            bind.pointee.buffer_type = Self.type(column.kind)
            bind.pointee.is_unsigned = column.kind == .unsigned ? 1 : 0
            bind.pointee.length = bind.pointer(to: \.length_value)
            bind.pointee.is_null = bind.pointer(to: \.is_null_value)
            bind.pointee.error = bind.pointer(to: \.error_value)
        }
    }

    deinit {
        binds.deallocate()
        memory.deallocate()
    }

    /// Whether rows of these columns can be fetched into this memory.
    func fit(_ fields: UnsafeBufferPointer<MYSQL_FIELD>) -> Bool {
        fields.count == columns.count && zip(fields, columns).allSatisfy { Self.kind($0) == $1.kind }
    }

    /// Tells the library where rows go; it remembers.
    func bind() -> Bool { mysql_stmt_bind_result(statement, binds) == 0 }

    /// The row that was there is gone.
    func advance() { generation += 1 }

    func isNull(_ column: Int) -> Bool { binds[column].is_null_value != 0 }

    func load<Value: BitwiseCopyable>(_ column: Int, as type: Value.Type) -> Value {
        memory.load(fromByteOffset: columns[column].offset, as: type)
    }

    /// Lends the bytes of a text, bytes or decimal column.
    func withBytes<Result>(_ column: Int, _ body: (UnsafeRawBufferPointer) -> Result) throws(DatabaseError) -> Result {
        let length = Int(binds[column].length_value)
        if length <= columns[column].capacity {
            return body(UnsafeRawBufferPointer(start: memory + columns[column].offset, count: length))
        }
        let whole = UnsafeMutableRawBufferPointer.allocate(byteCount: length, alignment: 8)
        defer { whole.deallocate() }
        try fetch(column, into: whole)
        return body(UnsafeRawBufferPointer(whole))
    }

    private func fetch(_ column: Int, into whole: UnsafeMutableRawBufferPointer) throws(DatabaseError) {
        var bind = MYSQL_BIND()
        var length: UInt = 0
        var isNull: my_bool = 0
        var isCut: my_bool = 0
        let status = withUnsafeMutablePointer(to: &length) { length in
            withUnsafeMutablePointer(to: &isNull) { isNull in
                withUnsafeMutablePointer(to: &isCut) { isCut in
                    bind.buffer_type = Self.type(columns[column].kind)
                    bind.buffer = whole.baseAddress
                    bind.buffer_length = UInt(whole.count)
                    bind.length = length
                    bind.is_null = isNull
                    bind.error = isCut
                    return mysql_stmt_fetch_column(statement, &bind, UInt32(column), 0)
                }
            }
        }
        guard status == 0, length == whole.count, isCut == 0 else {
            throw .mismatch(column: columns[column].name, found: "cut off", wanted: "\(whole.count) bytes")
        }
    }

    private static func kind(_ field: MYSQL_FIELD) -> Kind {
        switch field.type {
        case MYSQL_TYPE_TINY, MYSQL_TYPE_SHORT, MYSQL_TYPE_INT24, MYSQL_TYPE_LONG, MYSQL_TYPE_LONGLONG, MYSQL_TYPE_YEAR:
            field.flags & UInt32(UNSIGNED_FLAG) != 0 ? .unsigned : .signed
        case MYSQL_TYPE_FLOAT, MYSQL_TYPE_DOUBLE: .double
        case MYSQL_TYPE_DATETIME, MYSQL_TYPE_TIMESTAMP, MYSQL_TYPE_DATE, MYSQL_TYPE_NEWDATE: .instant
        case MYSQL_TYPE_DECIMAL, MYSQL_TYPE_NEWDECIMAL: .decimal
        default: .bytes
        }
    }

    private static func type(_ kind: Kind) -> enum_field_types {
        switch kind {
        case .signed, .unsigned: MYSQL_TYPE_LONGLONG
        case .double: MYSQL_TYPE_DOUBLE
        case .instant: MYSQL_TYPE_DATETIME
        case .decimal, .bytes: MYSQL_TYPE_STRING
        }
    }

    private static func capacity(_ kind: Kind, declared: Int) -> Int {
        switch kind {
        case .signed, .unsigned, .double: 8
        case .instant: MemoryLayout<MYSQL_TIME>.stride
        case .decimal, .bytes: min(max(declared, 8), inlineCapacity)
        }
    }
}
