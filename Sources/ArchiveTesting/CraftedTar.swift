/// Tar archives, byte by byte: for tests of what no honest program would pack.
public enum CraftedTar {
    /// One entry of it.
    public struct Entry {
        let name: [UInt8]
        let kind: Character
        let link: String
        let content: [UInt8]
        let size: Int

        /// - Parameters:
        ///   - kind: as in the format: `0` a file, `1` a hard link, `2` a symbolic one, `3` a device, `5` a folder,
        ///     `6` a pipe
        ///   - size: what the entry says of its length, if it is to lie
        public init(_ name: [UInt8], kind: Character = "0", link: String = "", content: [UInt8] = [], size: Int? = nil)
        {
            self.name = name
            self.kind = kind
            self.link = link
            self.content = content
            self.size = size ?? content.count
        }

        /// The same with a text as name and content.
        public init(_ name: String, kind: Character = "0", link: String = "", _ content: String = "") {
            self.init(Array(name.utf8), kind: kind, link: link, content: Array(content.utf8))
        }
    }

    /// The archive of these entries.
    public static func archive(_ entries: [Entry]) -> [UInt8] {
        entries.flatMap { header($0) + padded($0.content) } + [UInt8](repeating: 0, count: 1_024)
    }

    private static func padded(_ bytes: [UInt8]) -> [UInt8] {
        bytes + [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
    }

    private static func header(_ entry: Entry) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: 512)
        func put(_ bytes: [UInt8], at offset: Int) {
            block.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
        }
        func octal(_ number: Int, _ width: Int) -> [UInt8] {
            let digits = String(number, radix: 8)
            return Array((String(repeating: "0", count: width - digits.count) + digits).utf8)
        }
        put(Array(entry.name.prefix(100)), at: 0)
        put(octal(0o644, 7), at: 100)
        put(octal(0, 7), at: 108)
        put(octal(0, 7), at: 116)
        put(octal(entry.size, 11), at: 124)
        put(octal(0, 11), at: 136)
        put([UInt8](repeating: 32, count: 8), at: 148)
        put(Array(String(entry.kind).utf8), at: 156)
        put(Array(entry.link.utf8.prefix(100)), at: 157)
        put(Array("ustar\u{0}00".utf8), at: 257)
        put(octal(block.reduce(0) { $0 + Int($1) }, 6) + [0, 32], at: 148)
        return block
    }
}
