import Foundation
import Testing

@testable import Web

@Suite("A JSON text of any shape")
struct JSONValueParsingTests {
    private func parse(_ text: String) -> JSONValue? { JSONValue(parsing: Array(text.utf8)) }

    @Test("is read as Foundation reads it")
    func same() throws {
        let texts = [
            "null", " true ", "false", "0", "-0.5e3", "12345678901", #""""#, #""a\"\\\/\b\f\n\r\té\u00e9\ud83e\udd89""#,
            "[]", "[1, [2,\t{}]]", "{}", #"{"a":{"b":[null]},"c":"d"}"#, "[\"\u{1F989}\"]",
        ]
        for text in texts {
            #expect(parse(text) == (try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))), "\(text)")
        }
    }

    @Test("is refused when it is none, whatever is wrong with it")
    func refused() {
        let texts = [
            "", " ", "nul", "tru", "[", "]", "[1,]", "[1 2]", "{", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, "{a:1}", #"""#,
            #""\x""#, #""\u12""#, "\"\n\"", "+1", ".5", "0x10", "nan", "inf", "1 2", "1e", "--1", "-",
        ]
        for text in texts { #expect(parse(text) == nil, "\(text)") }
        #expect(JSONValue(parsing: [0x22, 0xFF, 0x22] as [UInt8]) == nil)
        #expect(JSONValue(parsing: [0x22, 0xC3, 0x22] as [UInt8]) == nil)
    }

    @Test("keeps half of a character as a mark that there was one")
    func halves() {
        #expect(parse(#""a\ud83e""#) == "a\u{FFFD}")
        #expect(parse(#""\udd89b""#) == "\u{FFFD}b")
        #expect(parse(#""\ud83e\u0041""#) == "\u{FFFD}A")
    }

    @Test("is refused when it goes too deep, and costs no stack")
    func depth() {
        let fits = JSONValue.maximumDepth - 1
        #expect(parse(String(repeating: "[", count: fits) + "1" + String(repeating: "]", count: fits)) != nil)
        #expect(parse(String(repeating: "[", count: 1_000_000)) == nil)
        #expect(parse(String(repeating: #"{"a":"#, count: 100_000)) == nil)
    }

    @Test("never traps on what is nearly one")
    func random() {
        let pieces = ["{", "}", "[", "]", ",", ":", "\"", "\\", "u", "d83e", "1", "e", "-", ".", "null", "é", " "]
        for _ in 0..<5_000 {
            let text = (0..<12).map { _ in pieces.randomElement() ?? "" }.joined()
            guard let value = parse(text) else { continue }
            #expect((try? JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))) == value, "\(text)")
        }
    }

    @Test("A text with more values than may be is refused, however short they are")
    func count() {
        let most = JSONValue.maximumCount - 1
        #expect(parse("[" + String(repeating: "0,", count: most - 1) + "0]") != nil)
        #expect(parse("[" + String(repeating: "0,", count: most) + "0]") == nil)
        #expect(parse("[" + String(repeating: "{},", count: most) + "{}]") == nil)
    }
}
