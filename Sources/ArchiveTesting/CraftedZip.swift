/// Zip archives, byte by byte, nothing in them packed: for tests of what no honest program would pack.
public enum CraftedZip {
    /// One entry of it.
    public struct Entry {
        let name: [UInt8]
        let content: [UInt8]
        let mode: UInt32
        let flags: UInt16
        let outerName: [UInt8]

        /// - Parameters:
        ///   - mode: what Unix says of a file's kind and rights; 0 for archives that know nothing of that
        ///   - flags: 0x800 says that the name is UTF-8, 1 that the content is encrypted
        ///   - outerName: what the archive's list says the name is, if it is to contradict the entry itself
        public init(
            _ name: [UInt8],
            _ content: [UInt8] = [],
            mode: UInt32 = 0o100644,
            flags: UInt16 = 0x800,
            outerName: [UInt8]? = nil
        ) {
            self.name = name
            self.content = content
            self.mode = mode
            self.flags = flags
            self.outerName = outerName ?? name
        }

        /// The same with a text as name and content.
        public init(_ name: String, _ content: String = "", mode: UInt32 = 0o100644) {
            self.init(Array(name.utf8), Array(content.utf8), mode: mode)
        }
    }

    /// The archive of these entries, one after the other.
    public static func archive(_ entries: [Entry]) -> [UInt8] {
        var body: [UInt8] = []
        var list: [UInt8] = []
        for entry in entries {
            list += listed(entry, at: body.count)
            body += local(entry) + entry.content
        }
        return body + list + end(count: entries.count, listSize: list.count, at: body.count)
    }

    /// An archive whose entries lie in one another: the content of each is the next one, its header included.
    public static func overlapping(depth: Int, core: [UInt8]) -> [UInt8] {
        var entries: [Entry] = []
        var inner = core
        for level in 0..<depth {
            let entry = Entry(Array("f\(level)".utf8), inner)
            entries.insert(entry, at: 0)
            inner = local(entry) + entry.content
        }
        var list: [UInt8] = []
        var offset = 0
        for entry in entries {
            list += listed(entry, at: offset)
            offset += local(entry).count
        }
        return inner + list + end(count: depth, listSize: list.count, at: inner.count)
    }

    private static func local(_ entry: Entry) -> [UInt8] {
        bytes(0x0403_4B50, 4) + bytes(20, 2) + common(entry, entry.name) + entry.name
    }

    private static func listed(_ entry: Entry, at offset: Int) -> [UInt8] {
        // Made by Unix (3), version 2.0.
        bytes(0x0201_4B50, 4) + bytes(0x0314, 2) + bytes(20, 2) + common(entry, entry.outerName)
            + bytes(0, 2) + bytes(0, 2) + bytes(0, 2) + bytes(Int(entry.mode) << 16, 4) + bytes(offset, 4)
            + entry.outerName
    }

    private static func common(_ entry: Entry, _ name: [UInt8]) -> [UInt8] {
        bytes(Int(entry.flags), 2) + bytes(0, 2) + bytes(0, 4) + bytes(Int(checksum(entry.content)), 4)
            + bytes(entry.content.count, 4) + bytes(entry.content.count, 4) + bytes(name.count, 2) + bytes(0, 2)
    }

    private static func end(count: Int, listSize: Int, at offset: Int) -> [UInt8] {
        bytes(0x0605_4B50, 4) + bytes(0, 4) + bytes(count, 2) + bytes(count, 2) + bytes(listSize, 4)
            + bytes(offset, 4) + bytes(0, 2)
    }

    private static func bytes(_ number: Int, _ width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }

    private static func checksum(_ content: [UInt8]) -> UInt32 {
        ~content.reduce(~UInt32(0)) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? 0xEDB8_8320 ^ (sum >> 1) : sum >> 1 }
        }
    }
}
