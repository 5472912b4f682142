import ICU

/// The last part of a project's address, made of its name.
public enum Slug {
    /// Letters and digits of the name with `-` between its words, in at most 60 characters: what people would type. A
    /// name in another script is written as it is read.
    static func text(of name: String) -> String {
        var words: [String] = [""]
        let isASCII = name.utf8.allSatisfy { $0 < 128 }
        let latin = isASCII ? name : Transliteration.latin(name) ?? name
        for scalar in latin.lowercased().unicodeScalars where !isPartOfLetter(scalar) {
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

    /// Accents of their own, and what stands for a soft or a glottal sound, part no words.
    private static func isPartOfLetter(_ scalar: Unicode.Scalar) -> Bool {
        [.nonspacingMark, .modifierLetter].contains(scalar.properties.generalCategory)
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
