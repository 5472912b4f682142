import CMariaDB
import Glibc

/// One connection to the server as the C library has it: opened, set up, asked by text, closed.
///
/// One thread at a time. It knows nothing of statements with values; `PreparedStatement` does.
final class Session {
    let handle: UnsafeMutablePointer<MYSQL>

    /// The server's `max_allowed_packet`, in bytes. A longer statement makes it hang up, so ask before.
    private(set) var maximumPacket = 0

    /// What a session is for.
    enum Purpose {
        /// Serving requests: writing needs an explicit transaction, statements have a time limit.
        case requests

        /// Migrations: DDL, without a time limit.
        case migrations
    }

    init(_ configuration: DatabaseConfiguration, for purpose: Purpose) throws(DatabaseError) {
        guard Self.libraryIsReady, let handle = mysql_init(nil) else {
            throw .cannotConnect(code: Int(CR_OUT_OF_MEMORY), reason: "out of memory")
        }
        self.handle = handle
        try connect(configuration, purpose)
        try setUp(configuration, purpose)
    }

    deinit {
        mysql_close(handle)
    }

    /// The one call of the library that isn't safe in two threads at once.
    private static let libraryIsReady = mysql_server_init(0, nil, nil) == 0

    private func connect(_ configuration: DatabaseConfiguration, _ purpose: Purpose) throws(DatabaseError) {
        _ = cmariadb_set_number(handle, MYSQL_OPT_CONNECT_TIMEOUT, 5)
        _ = cmariadb_set_number(handle, MYSQL_OPT_PROTOCOL, UInt32(MYSQL_PROTOCOL_SOCKET.rawValue))
        _ = cmariadb_set_number(handle, MYSQL_OPT_LOCAL_INFILE, 0)
        _ = cmariadb_set_flag(handle, MYSQL_OPT_RECONNECT, 0)
        _ = cmariadb_set_text(handle, MYSQL_SET_CHARSET_NAME, "utf8mb4")
        if purpose == .requests, configuration.statementTimeout > .zero {
            // A server that stopped answering altogether doesn't enforce its own limit.
            let seconds = UInt32(clamping: configuration.statementTimeout.components.seconds + 10)
            _ = cmariadb_set_number(handle, MYSQL_OPT_READ_TIMEOUT, seconds)
            _ = cmariadb_set_number(handle, MYSQL_OPT_WRITE_TIMEOUT, seconds)
        }
        let user = configuration.user ?? Self.currentUser()
        // An UPDATE that finds its row and changes nothing shall have affected one row, not none.
        let flags = UInt(CLIENT_FOUND_ROWS)
        let connected = mysql_real_connect(
            handle,
            nil,
            user,
            nil,
            configuration.database,
            0,
            configuration.socketPath,
            flags
        )
        guard connected != nil else {
            throw .cannotConnect(code: Int(mysql_errno(handle)), reason: String(cString: mysql_error(handle)))
        }
    }

    /// Makes the session strict, in UTC and utf8mb4, whatever the server's defaults are.
    ///
    /// READ COMMITTED, because every statement then sees what is committed, a locking read locks only the rows it
    /// returns (no gaps, so far fewer deadlocks), and rows that must not change under a transaction are read
    /// `FOR UPDATE`. Requests get `tx_read_only`: outside `Database.write` the server itself refuses changes, which is
    /// what makes it right to repeat a read.
    private func setUp(_ configuration: DatabaseConfiguration, _ purpose: Purpose) throws(DatabaseError) {
        let requests = purpose == .requests
        let limit = requests ? configuration.statementTimeout : .zero
        let limitSeconds = Double(limit.components.seconds) + Double(limit.components.attoseconds) / 1e18
        try run("SET NAMES utf8mb4")
        try run(
            """
            SET SESSION sql_mode = 'STRICT_ALL_TABLES,STRICT_TRANS_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,\
            ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY',
            time_zone = '+00:00', lc_messages = 'en_US', innodb_strict_mode = 1, autocommit = 1,
            tx_isolation = 'READ-COMMITTED', tx_read_only = \(requests ? 1 : 0),
            max_statement_time = \(limitSeconds),
            innodb_lock_wait_timeout = \(max(1, configuration.lockWaitTimeout.components.seconds))
            """
        )
        maximumPacket = Int(try scalar("SELECT @@max_allowed_packet") ?? "") ?? 1 << 20
    }

    /// Runs a statement by text and drops what it returns.
    func run(_ text: String) throws(DatabaseError) {
        _ = try scalar(text)
    }

    /// Runs a statement by text and gives the first column of its first row; nil for NULL and for no row.
    func scalar(_ text: String) throws(DatabaseError) -> String? {
        var text = text
        guard text.withUTF8({ query(handle, $0) }) == 0 else { throw lastError() }
        guard let result = mysql_store_result(handle) else {
            if mysql_errno(handle) != 0 { throw lastError() }
            return nil
        }
        defer { mysql_free_result(result) }
        guard let row = mysql_fetch_row(result), let cell = row[0] else { return nil }
        return String(cString: cell)
    }

    /// Whether the server hung up, or said a last word, while nobody used the connection. Costs one system call: on a
    /// Unix socket a dead peer is always visible, so nothing needs to be sent.
    var isStale: Bool {
        var descriptor = pollfd(fd: Int32(mysql_get_socket(handle)), events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, 0) != 0
    }

    /// Whether the last statement failed before the server got all of it.
    ///
    /// The library says CR_SERVER_GONE_ERROR when it can't write and CR_SERVER_LOST when it can't read the answer.
    var refusedLastSend: Bool { mysql_errno(handle) == UInt32(CR_SERVER_GONE_ERROR) }

    private func lastError() -> DatabaseError {
        .from(code: mysql_errno(handle), message: String(cString: mysql_error(handle)))
    }

    /// The name of the Unix user, as the server's unix_socket plugin sees it.
    private static func currentUser() -> String {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        let size = 16384
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: size) { buffer in
            guard let memory = buffer.baseAddress, getpwuid_r(geteuid(), &entry, memory, size, &found) == 0,
                found != nil, let name = entry.pw_name
            else { return "" }
            return String(cString: name)
        }
    }
}

private func query(_ handle: UnsafeMutablePointer<MYSQL>, _ text: UnsafeBufferPointer<UInt8>) -> Int32 {
    text.withMemoryRebound(to: CChar.self) { mysql_real_query(handle, $0.baseAddress, UInt($0.count)) }
}
