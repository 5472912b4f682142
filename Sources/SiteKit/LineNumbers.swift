/// The numbers beside a text.
public enum LineNumbers {
    /// One number a line, for a column of the same line height.
    public static func column(for text: String) -> String { column(1...count(in: text)) }

    /// The numbers of some of the lines.
    public static func column(_ lines: ClosedRange<Int>) -> String {
        lines.map(String.init).joined(separator: "\n")
    }

    /// How many lines a text has, an empty one after its last line break counted; 1 or more.
    public static func count(in text: String) -> Int { 1 + text.utf8.count { $0 == 10 } }
}
