/// What can go wrong with the database, sorted by what a caller can do about it.
///
/// No case carries a value that was stored or bound, so `"\(error)"` may be logged.
public enum DatabaseError: Error, Sendable, Equatable {
    /// A row with the same unique key is there already. `key` is the index's name, "PRIMARY" for the primary key.
    case duplicateKey(key: String)

    /// A row points at a row that isn't there, or a row that others point at would go.
    case foreignKey(constraint: String)

    /// A CHECK constraint said no.
    case check(constraint: String)

    /// A value is too long, out of range, malformed or NULL where it mustn't be. `column` is empty when the server
    /// didn't name one.
    case invalidValue(column: String)

    /// The statement with its values is larger than the server takes; `limit` is the server's limit in bytes.
    case tooLarge(limit: Int)

    /// The transaction lost against another one and is rolled back. `Database.write` retries by itself.
    case deadlock

    /// Another transaction held a row for too long. `Database.write` retries by itself, a bounded number of times.
    case lockWaitTimeout

    /// The statement ran longer than `DatabaseConfiguration.statementTimeout` and was stopped.
    case statementTimeout

    /// A statement in `Database.read` tried to change something.
    case readOnly

    /// The server went away. Nothing of the transaction was kept.
    case connectionLost

    /// The server went away while it was committing: the transaction is there whole or not at all, but nobody can
    /// say which. Read before writing again.
    case outcomeUnknown

    /// No connection could be made. `reason` is for the operator, in the client library's words.
    case cannotConnect(code: Int, reason: String)

    /// Every connection stayed in use for as long as `DatabaseConfiguration.waitTimeout`.
    case poolExhausted

    /// A column doesn't fit the Swift type it is read as.
    case mismatch(column: String, found: String, wanted: String)

    /// The caller broke a rule of this module: used a connection or row after its bracket, bound too few values.
    case misuse(String)

    /// Anything else, with the server's code and its message, from which quoted values have been removed.
    case other(code: Int, message: String)
}

extension DatabaseError: CustomStringConvertible {
    /// A sentence, without values.
    public var description: String {
        switch self {
        case .duplicateKey(let key): "A row with the same \(key) is there already."
        case .foreignKey(let constraint): "The foreign key \(constraint) forbids this."
        case .check(let constraint): "The check \(constraint) forbids this."
        case .invalidValue(let column) where column.isEmpty: "A value doesn't fit its column."
        case .invalidValue(let column): "A value doesn't fit the column \(column)."
        case .tooLarge(let limit): "The statement is larger than the server's limit of \(limit) bytes."
        case .deadlock: "The transaction was rolled back because of a deadlock."
        case .lockWaitTimeout: "Another transaction held a lock for too long."
        case .statementTimeout: "The statement took too long and was stopped."
        case .readOnly: "A read tried to change the database."
        case .connectionLost: "The connection to the database was lost."
        case .outcomeUnknown: "The connection to the database was lost during a commit; its outcome is unknown."
        case .cannotConnect(let code, let reason): "Can't connect to the database: \(reason) (\(code))"
        case .poolExhausted: "All database connections are in use."
        case .mismatch(let column, let found, let wanted): "Column \(column) is \(found), not \(wanted)."
        case .misuse(let what): what
        case .other(let code, let message): "\(message) (\(code))"
        }
    }
}

extension DatabaseError {
    /// The connection can't be used any more.
    var endsConnection: Bool {
        switch self {
        case .connectionLost, .outcomeUnknown, .cannotConnect: true
        default: false
        }
    }

    /// The transaction can't go on: it is rolled back, has to be, or its connection is gone.
    var endsTransaction: Bool { endsConnection || self == .deadlock || self == .lockWaitTimeout }
}
