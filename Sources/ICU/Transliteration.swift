import CICU

/// Texts of one script in the letters of another.
///
/// Foundation does the same, but brings an ICU of its own into the program (60 MB). Debian's is there already, because
/// libarchive needs it.
public enum Transliteration {
    /// A short text in Latin letters and their accents: “Мой” is “Moj”, “我的” is “wǒ de”. What is no letter, and
    /// letters without such a reading, stay as they are. Nil when the library can't do it.
    public static func latin(_ text: String) -> String? {
        var code = U_ZERO_ERROR
        let name = Array("Any-Latin".utf16)
        let opened = carrel_transliterator_open(name, Int32(name.count), &code)
        guard code.rawValue <= U_ZERO_ERROR.rawValue, let opened else { return nil }
        defer { carrel_transliterator_close(opened) }
        var units = Array(text.utf16)
        var length = Int32(units.count)
        // The longest readings are those of characters that stand for whole words; with more the call fails.
        units += [UInt16](repeating: 0, count: 64 + 32 * units.count)
        carrel_transliterate(opened, &units, &length, Int32(units.count), &code)
        guard code.rawValue <= U_ZERO_ERROR.rawValue else { return nil }
        return String(decoding: units.prefix(Int(length)), as: UTF16.self)
    }
}
