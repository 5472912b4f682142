import ICU
import Testing

@Suite("Transliteration")
struct TransliterationTests {
    @Test(
        "A text of any script is read in Latin letters, and one in Latin letters stays as it is",
        arguments: [
            ("Мой проект", "Moj proekt"), ("Ελληνικά", "Ellēniká"), ("カタカナ ひらがな", "katakana hiragana"),
            ("我的", "wǒ de"), ("Łódź, 2nd ed.", "Łódź, 2nd ed."), ("🦉", "🦉"), ("", ""),
        ]
    )
    func latin(text: String, reading: String) {
        #expect(Transliteration.latin(text) == reading)
    }

    @Test("There is room for the longest of readings")
    func long() throws {
        let sentence = String(repeating: "\u{FDFA}", count: 80)
        let reading = try #require(Transliteration.latin(sentence))
        #expect(reading.utf16.count > 80 * 18)
    }
}
