import CMariaDB

/// The values of one execution, laid out as C wants them, for the length of one call.
///
/// Two pieces of memory: an array of `MYSQL_BIND` and one arena that holds every value at an 8-byte boundary. Each
/// length sits in its bind's own `length_value`. Both are freed when the bracket ends; the library has copied them into
/// its packet by then.
enum ParameterBlock {
    /// The bytes all values take together, for comparing with the server's limit.
    static func size(of parameters: [SQLParameter]) -> Int {
        parameters.reduce(0) { $0 + slot($1) }
    }

    static func withBinds<Result>(
        _ parameters: [SQLParameter],
        _ body: (UnsafeMutablePointer<MYSQL_BIND>) -> Result
    ) -> Result {
        let binds = UnsafeMutablePointer<MYSQL_BIND>.allocate(capacity: max(1, parameters.count))
        defer { binds.deallocate() }
        let arena = UnsafeMutableRawBufferPointer.allocate(byteCount: max(8, size(of: parameters)), alignment: 8)
        defer { arena.deallocate() }
        var offset = 0
        for (index, parameter) in parameters.enumerated() {
            let end = offset + slot(parameter)
            (binds + index).initialize(to: MYSQL_BIND())
            fill(&binds[index], parameter, UnsafeMutableRawBufferPointer(rebasing: arena[offset..<end]))
            binds[index].length = (binds + index).pointer(to: \.length_value)
            offset = end
        }
        return body(binds)
    }

    private static func slot(_ parameter: SQLParameter) -> Int {
        switch parameter {
        case .null, .unbindable: 0
        case .signed, .unsigned, .double: 8
        case .instant: MemoryLayout<MYSQL_TIME>.stride.roundedToEight
        case .text(let text): max(1, text.utf8.count).roundedToEight
        case .bytes(let bytes): max(1, bytes.count).roundedToEight
        }
    }

    private static func fill(
        _ bind: inout MYSQL_BIND,
        _ parameter: SQLParameter,
        _ slot: UnsafeMutableRawBufferPointer
    ) {
        bind.buffer = slot.baseAddress
        bind.buffer_length = UInt(slot.count)
        switch parameter {
        case .null, .unbindable:
            bind.buffer_type = MYSQL_TYPE_NULL
        case .signed(let value):
            bind.buffer_type = MYSQL_TYPE_LONGLONG
            slot.storeBytes(of: value, as: Int64.self)
        case .unsigned(let value):
            bind.buffer_type = MYSQL_TYPE_LONGLONG
            bind.is_unsigned = 1
            slot.storeBytes(of: value, as: UInt64.self)
        case .double(let value):
            bind.buffer_type = MYSQL_TYPE_DOUBLE
            slot.storeBytes(of: value, as: Double.self)
        case .instant(let value):
            bind.buffer_type = MYSQL_TYPE_DATETIME
            slot.storeBytes(of: MYSQL_TIME(instant: value), as: MYSQL_TIME.self)
        case .text(let text):
            bind.buffer_type = MYSQL_TYPE_STRING
            bind.length_value = UInt(text.utf8.count)
            slot.copyBytes(from: text.utf8)
        case .bytes(let bytes):
            bind.buffer_type = MYSQL_TYPE_BLOB
            bind.length_value = UInt(bytes.count)
            slot.copyBytes(from: bytes)
        }
    }
}

extension Int {
    /// The next multiple of eight.
    var roundedToEight: Int { (self + 7) & ~7 }
}
