import CMariaDB

extension DatabaseError {
    /// Sorts an error of the server or the client library by its code.
    ///
    /// Messages are in English because the session asks for it (`lc_messages`), and names are cut from their ends: what
    /// comes earlier may be a user's text that looks like anything.
    static func from(code: UInt32, message: String) -> DatabaseError {
        switch Int32(bitPattern: code) {
        case CR_SERVER_GONE_ERROR, CR_SERVER_LOST, CR_MALFORMED_PACKET, ER_SERVER_SHUTDOWN, ER_CONNECTION_KILLED,
            ER_NEW_ABORTING_CONNECTION, ER_ABORTING_CONNECTION, ER_NET_READ_ERROR, ER_NET_READ_INTERRUPTED:
            .connectionLost
        case ER_LOCK_DEADLOCK, ER_CHECKREAD: .deadlock
        case ER_LOCK_WAIT_TIMEOUT: .lockWaitTimeout
        case ER_STATEMENT_TIMEOUT: .statementTimeout
        case ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION: .readOnly
        case ER_DUP_ENTRY, ER_DUP_UNIQUE:
            .duplicateKey(key: message.lastQuoted("'"))
        case ER_NO_REFERENCED_ROW, ER_NO_REFERENCED_ROW_2, ER_ROW_IS_REFERENCED, ER_ROW_IS_REFERENCED_2:
            .foreignKey(constraint: message.firstQuoted("`", after: "CONSTRAINT "))
        case ER_CONSTRAINT_FAILED: .check(constraint: message.firstQuoted("`", after: "CONSTRAINT "))
        case ER_BAD_NULL_ERROR, ER_NO_DEFAULT_FOR_FIELD: .invalidValue(column: message.firstQuoted("'", after: ""))
        case ER_DATA_TOO_LONG, ER_WARN_DATA_OUT_OF_RANGE, WARN_DATA_TRUNCATED, ER_TRUNCATED_WRONG_VALUE_FOR_FIELD,
            ER_TRUNCATED_WRONG_VALUE:
            .invalidValue(column: message.columnAtEnd)
        case ER_DIVISION_BY_ZERO, ER_DATA_OUT_OF_RANGE, ER_CANNOT_CONVERT_CHARACTER, ER_INVALID_CHARACTER_STRING:
            .invalidValue(column: "")
        default: .other(code: Int(code), message: namesOnly(code, message))
        }
    }

    /// Messages that quote only parts of the schema or of the statement's text, where values are always `?`.
    private static let namesCodes: Set<Int32> = [
        ER_PARSE_ERROR, ER_NO_SUCH_TABLE, ER_BAD_FIELD_ERROR, ER_BAD_DB_ERROR, ER_TABLE_EXISTS_ERROR, ER_DUP_FIELDNAME,
        ER_DUP_KEYNAME, ER_CANT_DROP_FIELD_OR_KEY, ER_BAD_TABLE_ERROR, ER_DBACCESS_DENIED_ERROR,
        ER_TABLEACCESS_DENIED_ERROR, ER_UNKNOWN_TABLE, ER_NON_UNIQ_ERROR, ER_SP_DOES_NOT_EXIST, ER_CANT_CREATE_TABLE,
    ]

    private static func namesOnly(_ code: UInt32, _ message: String) -> String {
        guard !namesCodes.contains(Int32(bitPattern: code)),
            let first = message.firstIndex(of: "'"), let last = message.lastIndex(of: "'"), first != last
        else { return message }
        return message[...first] + "…" + message[last...]
    }
}

extension String {
    /// The text of the last quoted name, or nothing.
    fileprivate func lastQuoted(_ quote: Character) -> String {
        guard let end = lastIndex(of: quote), let start = self[..<end].lastIndex(of: quote) else { return "" }
        return String(self[index(after: start)..<end])
    }

    /// The column in "… for column `base`.`table`.`name` at row 1", or nothing when the message ends otherwise.
    fileprivate var columnAtEnd: String {
        guard let row = lastIndex(of: " "), self[..<row].hasSuffix(" at row") else { return "" }
        let name = self[..<row].dropLast(" at row".count)
        guard let quote = name.last, quote == "'" || quote == "`" else { return "" }
        return String(name).lastQuoted(quote)
    }

    /// The text of the first quoted name after a word.
    fileprivate func firstQuoted(_ quote: Character, after word: String) -> String {
        guard let start = firstRange(of: word + String(quote))?.upperBound,
            let end = self[start...].firstIndex(of: quote)
        else { return "" }
        return String(self[start..<end])
    }

    private func firstRange(of word: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(word) { return start..<index(start, offsetBy: word.count) }
            start = index(after: start)
        }
        return nil
    }
}
