import Archive
import ArchiveTesting
import Foundation
import Testing

@Suite("Archives")
struct ArchiveTests {
    @Test("What is written as zip is read again, names of every script included, whatever the process's locale is")
    func roundTrip() throws {
        let files = ["a.py": "print(1)\n", "名前/é e\u{301}.txt": "", "b/50% #1?.bin": "\u{0}\u{1}", "🦉.txt": "owl"]
        let read = try entries(of: try zip(files.map { ($0.key, Array($0.value.utf8)) }))
        #expect(read.count == files.count)
        // Compared as text: the library composes accents that a zip has in pieces.
        for (name, text) in files {
            #expect(
                read.contains { entry in
                    String(decoding: entry.name, as: UTF8.self) == name && entry.content == .bytes(Array(text.utf8))
                },
                "\(name)"
            )
        }
    }

    @Test("An archive is handed out while it is made, and what its reader throws comes back")
    func streaming() throws {
        struct Full: Error {}
        var count = 0
        let writer = try ZipWriter { piece in
            count += piece.count
            if count > 300_000 { throw Full() }
        }
        let noise = (0..<200_000).map { _ in UInt8.random(in: 0...255) }
        try writer.add(noise, at: "a", modified: 0)
        #expect(count > 0)
        #expect(throws: Full.self) {
            try writer.add(noise, at: "b", modified: 0)
            try writer.finish()
        }
    }

    @Test("Kinds of entries are told apart: files, folders, links of both sorts, devices")
    func kinds() throws {
        let tar = CraftedTar.archive([
            .init("dir/", kind: "5"), .init("dir/a", "x"), .init("soft", kind: "2", link: "/etc/passwd"),
            .init("hard", kind: "1", link: "dir/a"), .init("tty", kind: "3"), .init("pipe", kind: "6"),
        ])
        #expect(try entries(of: tar).map(\.kind) == [.folder, .file, .link, .link, .special, .special])
        let zip = CraftedZip.archive([
            .init("dir/", mode: 0o040755), .init("a", "x"), .init("soft", "/etc/passwd", mode: 0o120777),
            .init("plain", "x", mode: 0),
        ])
        #expect(try entries(of: zip).map(\.kind) == [.folder, .file, .link, .file])
    }

    @Test("A name is bytes, also where it is no text")
    func names() throws {
        let name: [UInt8] = [0x66, 0xFC, 0x72, 0xFF]
        #expect(try entries(of: CraftedTar.archive([.init(name, content: [1])])).map(\.name) == [name])
        #expect(try entries(of: CraftedZip.archive([.init(name, [1], flags: 0)])).map(\.name) == [name])
    }

    @Test("Tar is read as it is and compressed", arguments: ["", "gzip", "bzip2", "xz"])
    func filters(program: String) throws {
        let tar = CraftedTar.archive([.init("a.txt", "hello")])
        let packed = program.isEmpty ? tar : try run(program, tar)
        #expect(try entries(of: packed).map(\.content) == [.bytes(Array("hello".utf8))])
    }

    @Test("A content that is longer than wanted, or encrypted, is not handed out, and the next one is")
    func contents() throws {
        let bytes = CraftedZip.archive([
            .init("long", String(repeating: "x", count: 5_000)),
            .init(Array("locked".utf8), [UInt8](repeating: 3, count: 40), flags: 0x801),
            .init("short", "y"),
        ])
        #expect(try entries(of: bytes, limit: 100).map(\.content) == [.tooLong, .locked, .bytes([0x79])])
    }

    @Test("What is no archive is refused, and so is one that was cut off")
    func damage() throws {
        for bytes in [[], Array("hello".utf8), [0x1F, 0x8B, 8, 0], Array("<html></html>".utf8)] as [[UInt8]] {
            #expect(throws: ArchiveError.notAnArchive) { try entries(of: bytes) }
        }
        let whole = try run("gzip", CraftedTar.archive([.init("a", String(repeating: "abc\n", count: 90_000))]))
        #expect(throws: ArchiveError.self) { try entries(of: Array(whole.prefix(whole.count / 2))) }
        #expect(throws: ArchiveError.self) {
            try entries(of: CraftedTar.archive([.init(Array("a".utf8), content: [1], size: 4_000_000)]))
        }
    }

    @Test("Bombs are stopped while they are unpacked, also where nobody wanted what is in them")
    func bombs() throws {
        var limits = ArchiveLimits()
        limits.bytes = 4_000_000
        limits.bytesOfAnyDensity = 1_000_000
        limits.density = 10
        limits.entries = 100
        let zeros = [UInt8](repeating: 0, count: 2_000_000)
        let dense = try zip([("zeros", zeros)])
        #expect(throws: ArchiveError.tooDense(limit: 10)) { try entries(of: dense, limits, limit: 0) }
        let twice = try run("gzip", try run("gzip", CraftedTar.archive([.init(Array("z".utf8), content: zeros)])))
        #expect(throws: ArchiveError.tooDense(limit: 10)) { try entries(of: twice, limits, limit: 0) }
        let noise = (0..<4_100_000).map { _ in UInt8.random(in: 0...255) }
        let large = CraftedTar.archive([.init(Array("noise".utf8), content: noise)])
        #expect(throws: ArchiveError.tooManyBytes(limit: 4_000_000)) { try entries(of: large, limits, limit: 0) }
        let many = CraftedTar.archive((0...100).map { .init("f\($0)") })
        #expect(throws: ArchiveError.tooManyEntries(limit: 100)) { try entries(of: many, limits) }
    }

    @Test("Entries that lie in one another are counted each time they come out")
    func overlap() throws {
        var limits = ArchiveLimits()
        limits.bytesOfAnyDensity = 100_000
        limits.density = 20
        let bytes = CraftedZip.overlapping(depth: 60, core: [UInt8](repeating: 7, count: 20_000))
        #expect(bytes.count < 30_000)
        #expect(throws: ArchiveError.tooDense(limit: 20)) { try entries(of: bytes, limits) }
    }

    @Test("Whatever bytes come, an archive is read or refused, and never more than the limit comes out")
    func noise() throws {
        var random = SystemRandomNumberGenerator()
        let seeds = [
            CraftedTar.archive([.init("a", "x"), .init("b/c", "y")]),
            CraftedZip.archive([.init("a", "x"), .init("b", "y")]),
            try run("gzip", CraftedTar.archive([.init("a", String(repeating: "z", count: 2_000))])),
        ]
        var limits = ArchiveLimits()
        limits.bytes = 1_000_000
        for round in 0..<600 {
            var bytes = seeds[round % seeds.count]
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            do { _ = try entries(of: bytes, limits) } catch is ArchiveError {}
        }
    }

    // MARK: Helpers

    private struct Read: Equatable {
        let name: [UInt8]
        let kind: ArchiveReader.Kind
        let content: ArchiveReader.Content
    }

    private func entries(
        of bytes: [UInt8],
        _ limits: ArchiveLimits = ArchiveLimits(),
        limit: Int = 10_000_000
    ) throws -> [Read] {
        let path = NSTemporaryDirectory() + "/archive-\(UUID().uuidString)"
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { unlink(path) }
        let reader = try ArchiveReader(path: path, limits: limits)
        var all: [Read] = []
        while let entry = try reader.next() {
            let content: ArchiveReader.Content = limit > 0 ? try entry.content(limit: limit) : .tooLong
            all.append(Read(name: entry.name, kind: entry.kind, content: content))
        }
        return all
    }

    private func zip(_ files: [(String, [UInt8])]) throws -> [UInt8] {
        var bytes: [UInt8] = []
        let writer = try ZipWriter { bytes += $0 }
        for (path, content) in files { try writer.add(content, at: path, modified: 1_764_000_000) }
        try writer.finish()
        return bytes
    }

    private func run(_ program: String, _ input: [UInt8]) throws -> [UInt8] {
        let path = NSTemporaryDirectory() + "/packed-\(UUID().uuidString)"
        try Data(input).write(to: URL(fileURLWithPath: path))
        defer { unlink(path) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program, "-c", path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let packed = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Array(packed)
    }
}
