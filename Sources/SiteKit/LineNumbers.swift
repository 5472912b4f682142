/// The numbers beside a text.
public enum LineNumbers {
    /// One number a line, for a column of the same line height.
    public static func column(for text: String) -> String {
        (1...(1 + text.utf8.count { $0 == 10 })).map(String.init).joined(separator: "\n")
    }
}
