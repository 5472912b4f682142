import CMariaDB

/// One prepared statement of one session: bound, executed and fetched from, again and again.
final class PreparedStatement {
    /// Whether its rows are being read. A statement in use isn't executed again; the cache makes a second one.
    var isInUse = false

    private let handle: UnsafeMutablePointer<MYSQL_STMT>
    private let parameterCount: Int
    private var buffers: ResultBuffers?

    init(_ text: String, session: Session) throws(DatabaseError) {
        guard let handle = mysql_stmt_init(session.handle) else {
            throw .other(code: Int(CR_OUT_OF_MEMORY), message: "out of memory")
        }
        self.handle = handle
        var text = text
        let status = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { mysql_stmt_prepare(handle, $0.baseAddress, UInt($0.count)) }
        }
        parameterCount = Int(mysql_stmt_param_count(handle))
        guard status == 0 else { throw Self.error(handle) }
    }

    deinit {
        mysql_stmt_close(handle)
    }

    var affectedRows: UInt64 { mysql_stmt_affected_rows(handle) }
    var lastInsertID: UInt64 { mysql_stmt_insert_id(handle) }

    /// Sends the values and runs the statement. All rows are then in the client's memory, so that the connection is
    /// free for other statements while they are read.
    func execute(_ parameters: [SQLParameter]) throws(DatabaseError) {
        guard parameters.count == parameterCount else {
            throw .misuse("A statement with \(parameterCount) parameters got \(parameters.count) values.")
        }
        guard !parameters.contains(.unbindable) else { throw .invalidValue(column: "") }
        let failed = ParameterBlock.withBinds(parameters) { binds in
            parameterCount > 0 && mysql_stmt_bind_param(handle, binds) != 0 || mysql_stmt_execute(handle) != 0
        }
        if failed { throw Self.error(handle) }
        try describe()
        if buffers != nil, mysql_stmt_store_result(handle) != 0 { throw Self.error(handle) }
    }

    /// The next row, or nil after the last one.
    func next() throws(DatabaseError) -> Row? {
        guard let buffers else { return nil }
        buffers.advance()
        switch mysql_stmt_fetch(handle) {
        case 0, MYSQL_DATA_TRUNCATED: return Row(buffers: buffers, generation: buffers.generation)
        case MYSQL_NO_DATA: return nil
        default: throw Self.error(handle)
        }
    }

    /// Gives back the memory of the rows, read or not.
    func finish() {
        guard let buffers else { return }
        buffers.advance()
        mysql_stmt_free_result(handle)
    }

    /// Makes buffers for the columns, unless those there are still fit. Types change from one execution to the next
    /// when a table was altered, and in expressions with the types of the values.
    private func describe() throws(DatabaseError) {
        guard let metadata = mysql_stmt_result_metadata(handle) else {
            buffers = nil
            return
        }
        defer { mysql_free_result(metadata) }
        let fields = UnsafeBufferPointer(start: mysql_fetch_fields(metadata), count: Int(mysql_num_fields(metadata)))
        if let buffers, buffers.fit(fields) { return }
        let fresh = ResultBuffers(handle, fields)
        guard fresh.bind() else { throw Self.error(handle) }
        buffers = fresh
    }

    private static func error(_ handle: UnsafeMutablePointer<MYSQL_STMT>) -> DatabaseError {
        .from(code: mysql_stmt_errno(handle), message: String(cString: mysql_stmt_error(handle)))
    }
}
