/// The prepared statements of one session by their text, the least recently used thrown out first.
///
/// The server keeps as many per connection: capacity × pool size stays far below its `max_prepared_stmt_count`
/// (16,382 by default).
struct StatementCache {
    private struct Entry {
        let statement: PreparedStatement
        var lastUse: Int
    }

    private var entries: [String: Entry] = [:]
    private var clock = 0
    private let capacity: Int

    init(capacity: Int) {
        self.capacity = capacity
    }

    var count: Int { entries.count }

    /// The statement for a text, if there is one and nobody is reading its rows.
    mutating func find(_ text: String) -> PreparedStatement? {
        guard let index = entries.index(forKey: text), !entries.values[index].statement.isInUse else { return nil }
        clock += 1
        entries.values[index].lastUse = clock
        return entries.values[index].statement
    }

    /// Keeps a statement, unless the one with its text is in use and stays.
    mutating func keep(_ statement: PreparedStatement, for text: String) {
        guard entries[text] == nil else { return }
        if entries.count >= capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            entries[oldest.key] = nil
        }
        clock += 1
        entries[text] = Entry(statement: statement, lastUse: clock)
    }

    /// Forgets the statement for a text; a table it names has changed.
    mutating func drop(_ text: String) {
        entries[text] = nil
    }

    mutating func removeAll() {
        entries = [:]
    }
}
