import DatabaseTesting
import Foundation
import MariaDB
import Testing

private struct PersonID: RawRepresentable, Equatable, SQLValue {
    let rawValue: Int
}

private enum Colour: String, SQLValue {
    case red, green
}

@Suite("Values")
struct ValueTests {
    /// Sends a value to the server and back through a typed expression.
    private func echo<Value: SQLValue & Sendable>(_ value: Value, as type: StaticString) throws -> Value? {
        try TestDatabase.with { database throws in
            try database.read { db throws in
                try db.one("SELECT CAST(\(value) AS \(raw: type))", as: Value.self)
            }
        }
    }

    @Test("integers keep their whole range")
    func integers() throws {
        #expect(try echo(Int64.min, as: "SIGNED") == .min)
        #expect(try echo(Int.max, as: "SIGNED") == .max)
        #expect(try echo(UInt64.max, as: "UNSIGNED") == .max)
        #expect(try echo(true, as: "SIGNED") == true)
        #expect(try echo(false, as: "SIGNED") == false)
    }

    @Test("doubles keep their bits, and what is no number is refused")
    func doubles() throws {
        for value in [0.1, -1.7976931348623157e308, .leastNonzeroMagnitude, 1.0 / 3] {
            #expect(try echo(value, as: "DOUBLE") == value)
        }
        #expect(throws: DatabaseError.invalidValue(column: "")) { try echo(Double.nan, as: "DOUBLE") }
    }

    @Test(
        "text keeps four-byte characters, NUL and what looks like SQL",
        arguments: [
            "", "naïve", "👩🏽‍💻 𝔘𝔫𝔦", "a\0b", "' OR 1=1; DROP TABLE people; --", "\\'\"`%_?", "line\r\nline",
        ]
    )
    func text(_ text: String) throws {
        try TestDatabase.with { database throws in
            try database.write { db throws in
                try db.execute("CREATE TEMPORARY TABLE t (a VARCHAR(200), b LONGTEXT)")
                try db.execute("INSERT INTO t VALUES (\(text), \(text))")
                let back = try db.all("SELECT a, b FROM t WHERE a = \(text) AND b = \(text)") { row in
                    try [row[0] as String, row[1] as String]
                }
                #expect(back == [[text, text]])
                #expect(try !db.exists("SELECT 1 FROM t WHERE a = \(text + "x")"))
            }
        }
    }

    @Test("a LONGTEXT and a LONGBLOB of five megabytes come back whole, beside short cells")
    func large() throws {
        let text = String(repeating: "0123456789abcd🐿", count: 5_000_000 / 18)
        let bytes = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        try TestDatabase.with([
            Migration(id: "big", sql: ["CREATE TABLE big (id INT, t LONGTEXT, b LONGBLOB, note TEXT)"])
        ]) { database throws in
            try database.write { db throws in
                try db.execute("INSERT INTO big VALUES (1, \(text), \(bytes), 'one'), (2, 'short', '', NULL)")
            }
            try database.read { db throws in
                let rows = try db.all("SELECT t, b, note FROM big ORDER BY id") { row in
                    try (row[0] as String, row[1] as [UInt8], row[2] as String?)
                }
                #expect(rows.count == 2)
                #expect(rows[0].0 == text && rows[0].1 == bytes && rows[0].2 == "one")
                #expect(rows[1].0 == "short" && rows[1].1 == [] && rows[1].2 == nil)
            }
        }
    }

    @Test("cells around the size of the first buffer come back whole", arguments: [1023, 1024, 1025, 65_535])
    func edges(_ count: Int) throws {
        let bytes = [UInt8](repeating: 7, count: count)
        #expect(try echo(bytes, as: "BINARY(65535)")?.prefix(count) == bytes[...])
        try TestDatabase.with { database throws in
            try database.read { db throws in
                #expect(try db.one("SELECT \(bytes)", as: [UInt8].self) == bytes)
            }
        }
    }

    @Test("a statement over the server's limit is refused before it is sent, and the connection lives on")
    func tooLarge() throws {
        try TestDatabase.with { database throws in
            try database.read { db throws in
                let limit = try #require(try db.one("SELECT @@max_allowed_packet", as: Int.self))
                let text = String(repeating: "x", count: limit)
                #expect(throws: DatabaseError.tooLarge(limit: limit)) { try db.exists("SELECT \(text)") }
                #expect(try db.exists("SELECT 1"))
            }
        }
    }

    @Test(
        "dates are UTC to the microsecond",
        arguments: [
            ("1970-01-01 00:00:00.000000", 0.0), ("2026-11-23 14:05:06.123456", 1_795_442_706.123456),
            ("1969-12-31 23:59:59.500000", -0.5), ("2000-02-29 12:00:00.000000", 951_825_600.0),
            ("9999-12-31 23:59:59.000000", 253_402_300_799.0), ("1000-03-01 00:00:00.000000", -30_605_126_400.0),
        ]
    )
    func dates(_ text: String, _ seconds: Double) throws {
        try TestDatabase.with { database throws in
            try database.read { db throws in
                let date = Date(timeIntervalSince1970: seconds)
                let sql: SQL = "SELECT CAST(\(date) AS DATETIME(6)), CAST(CAST(\(date) AS DATETIME(6)) AS CHAR)"
                let back = try #require(try db.first(sql) { try ($0[0] as Date, $0[1] as String) })
                #expect(back.0 == date)
                #expect(back.1 == text)
            }
        }
    }

    @Test("the server's clock and ours agree")
    func clock() throws {
        try TestDatabase.with { database throws in
            try database.read { db throws in
                let now = try #require(try db.one("SELECT NOW(6)", as: Date.self))
                #expect(abs(now.timeIntervalSinceNow) < 5)
            }
        }
    }

    @Test("a date without a place in the calendar is refused")
    func impossibleDate() throws {
        #expect(throws: DatabaseError.invalidValue(column: "")) { try echo(Date.distantFuture * 100, as: "DATETIME") }
    }

    @Test("NULL is nil and nothing else")
    func nulls() throws {
        try TestDatabase.with { database throws in
            try database.read { db throws in
                #expect(try db.one("SELECT CAST(\(nil as Int?) AS SIGNED)", as: Int?.self) == .some(nil))
                #expect(try db.one("SELECT CAST(\(5 as Int?) AS SIGNED)", as: Int?.self) == .some(5))
                for sql: SQL in ["SELECT CAST(NULL AS SIGNED) AS gone", "SELECT CAST(NULL AS CHAR) AS gone"] {
                    let error = #expect(throws: DatabaseError.self) { try db.one(sql, as: String.self) }
                    #expect(error == .mismatch(column: "gone", found: "NULL", wanted: "String"))
                }
            }
        }
    }

    @Test("ids and enumerations go in and out as their raw values; an unknown one is refused")
    func rawValues() throws {
        #expect(try echo(PersonID(rawValue: 7), as: "SIGNED") == PersonID(rawValue: 7))
        #expect(try echo(Colour.green, as: "CHAR") == .green)
        try TestDatabase.with { database throws in
            try database.read { db throws in
                let error = #expect(throws: DatabaseError.self) {
                    try db.one("SELECT 'blue' AS colour", as: Colour.self)
                }
                #expect(error == .mismatch(column: "colour", found: "bytes", wanted: "Colour"))
            }
        }
    }

    @Test("columns are read only as what they are")
    func mismatches() throws {
        try TestDatabase.with { database throws in
            try database.read { db throws in
                #expect(throws: DatabaseError.self) { try db.one("SELECT 'x'", as: Int.self) }
                #expect(throws: DatabaseError.self) { try db.one("SELECT 1", as: String.self) }
                #expect(throws: DatabaseError.self) { try db.one("SELECT -1", as: UInt64.self) }
                #expect(throws: DatabaseError.self) { try db.one("SELECT X'FF'", as: String.self) }
                #expect(throws: DatabaseError.self) { try db.first("SELECT 1") { try $0[1] as Int } }
                #expect(try db.one("SELECT SUM(n) FROM (SELECT 3 AS n UNION SELECT 4) AS t", as: Int.self) == 7)
                #expect(try db.one("SELECT 2.5", as: Double.self) == 2.5)
                #expect(try db.one("SELECT YEAR('2026-01-01')", as: Int.self) == 2026)
            }
        }
    }
}

extension Date {
    fileprivate static func * (date: Date, factor: Double) -> Date {
        Date(timeIntervalSince1970: date.timeIntervalSince1970 * factor)
    }
}
