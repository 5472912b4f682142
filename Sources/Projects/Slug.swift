/// The last part of a project's address, made of its name.
public enum Slug {
    /// Letters and digits of the name with `-` between its words, in at most 60 characters: what people would type.
    static func text(of name: String) -> String {
        var words: [String] = [""]
        for scalar in name.lowercased().unicodeScalars {
            if let letter = plain(scalar) {
                words[words.count - 1].append(letter)
            } else if words.last != "" {
                words.append("")
            }
        }
        let text = words.filter { !$0.isEmpty }.joined(separator: "-")
        let cut = text.prefix(60)
        return cut.isEmpty ? "project" : String(cut.hasSuffix("-") ? cut.dropLast() : cut)
    }

    /// The one that was meant, whatever letters are capital; nil when there can't be any, which is no question for the
    /// database.
    static func meant(by text: String) -> String? {
        let isPossible =
            (1...80).contains(text.utf8.count)
            && text.unicodeScalars.allSatisfy { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9", "-": true
                default: false
                }
            }
        return isPossible ? text.lowercased() : nil
    }

    /// A letter without its accent, which Unicode tells by the letter's name (LATIN SMALL LETTER U WITH DIAERESIS).
    private static func plain(_ scalar: Unicode.Scalar) -> Character? {
        switch scalar {
        case "a"..."z", "0"..."9": return Character(scalar)
        case "ß": return "s"
        default: break
        }
        guard !scalar.isASCII, let name = scalar.properties.name else { return nil }
        let words = name.split(separator: " ")
        guard words.count > 4, words.starts(with: ["LATIN", "SMALL", "LETTER"]), words[3].count == 1, words[4] == "WITH"
        else { return nil }
        return words[3].lowercased().first
    }
}
