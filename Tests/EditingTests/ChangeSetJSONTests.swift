import Editing
import Testing

@Suite("Change sets as JSON")
struct ChangeSetJSONTests {
    private func refusal(of json: String) -> ChangeSetError? {
        do {
            _ = try changes(json: json)
            return nil
        } catch {
            return error as? ChangeSetError
        }
    }

    private func fault(in bytes: [UInt8]) -> ChangeSetError.Fault? {
        do {
            _ = try ChangeSet(json: bytes)
            return nil
        } catch .malformed(_, let fault) {
            return fault
        } catch {
            return nil
        }
    }

    @Test("read and write CodeMirror's form")
    func form() throws {
        for json in ["[]", "[5]", "[[3]]", "[5,[0,\"a\"],[2]]", "[[2,\"\",\"\"],1,[0,\"x\",\"y😀\"]]"] {
            #expect(try changes(json: json).jsonText == json)
        }
        #expect(try changes(json: "[5,[0,\"a\"],[2]]").description == "5 0:1 2:0")
    }

    @Test("bring what others write into one form")
    func normalisation() throws {
        let loose = #" [ 2 , 3 ,[ 0 , "a" ] , [0,"b"],[1],[2],0,[0],[0,""]] "# + "\n"
        #expect(try changes(json: loose).jsonText == #"[5,[0,"ab"],[3]]"#)
        let escaped = #"[[0,"\u00e9\ud83d\uDE00\/\t\u0000\"\\\b\f\u001F"]]"#
        #expect(try changes(json: escaped).jsonText == #"[[0,"é😀/\t\u0000\"\\\b\f\u001f"]]"#)
    }

    @Test("write a half of a pair as U+FFFD, one unit like the half")
    func halves() throws {
        let cut = try changes(json: "[[0,\"x😀\"]]").compose(changes("2 1:0"))
        #expect(cut.jsonText == "[[0,\"x\u{FFFD}\"]]")
        #expect(try changes(json: cut.jsonText).newLength == cut.newLength)
    }

    @Test(
        "are refused when malformed",
        arguments: [
            ("", ChangeSetError.Fault.cutOff), ("[", .cutOff), ("[1", .cutOff), ("[[1,\"a", .cutOff),
            ("[[1,\"\\", .cutOff),
            ("[[0,\"\\u12", .cutOff), ("5", .unexpectedByte), ("{}", .unexpectedByte), ("[1,]", .unexpectedByte),
            ("[,1]", .unexpectedByte), ("[1 2]", .unexpectedByte), ("[1]]", .unexpectedByte), ("[1]x", .unexpectedByte),
            ("[[]]", .unexpectedByte), ("[[\"a\"]]", .unexpectedByte), ("[[1,2]]", .unexpectedByte),
            ("[[1,[\"a\"]]]", .unexpectedByte), ("[null]", .unexpectedByte), ("[\"1\"]", .unexpectedByte),
            ("[+1]", .unexpectedByte), ("[-1]", .number), ("[[-1]]", .number), ("[1.0]", .number), ("[1e3]", .number),
            ("[01]", .number), ("[1073741825]", .number), ("[9223372036854775808]", .number),
            ("[99999999999999999999999999999999999999]", .number), ("[[0,\"a\\nb\"]]", .lineBreak),
            ("[[0,\"a\\r\"]]", .lineBreak), ("[[0,\"\\u000a\"]]", .lineBreak), ("[[0,\"a\nb\"]]", .escape),
            ("[[0,\"\\x41\"]]", .escape), ("[[0,\"\\u00g0\"]]", .escape), ("[[0,\"\\ud83d\"]]", .loneSurrogate),
            ("[[0,\"\\ude00\"]]", .loneSurrogate), ("[[0,\"\\ud83dx\"]]", .loneSurrogate),
            ("[[0,\"\\ud83d\\ud83d\"]]", .loneSurrogate), ("[[0,\"\\ud83d\\n\"]]", .loneSurrogate),
        ]
    )
    func malformed(json: String, expected: ChangeSetError.Fault) {
        #expect(fault(in: Array(json.utf8)) == expected)
    }

    @Test(
        "are refused when they aren't UTF-8",
        arguments: [
            [0xFF], [0x80], [0xC0, 0xAF], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
            [0xF8, 0x88, 0x80, 0x80, 0x80], [0xC3, 0x28],
        ] as [[UInt8]]
    )
    func notUTF8(bytes: [UInt8]) {
        #expect(fault(in: Array("[[0,\"".utf8) + bytes + Array("\"]]".utf8)) == .notUTF8)
    }

    @Test("are refused when too long, without overflow")
    func tooLong() {
        let most = ChangeSet.maximumLength
        #expect(refusal(of: "[\(most)]") == nil)
        #expect(refusal(of: "[\(most),[1]]") == .tooLong)
        #expect(refusal(of: "[\(most),[0,\"a\"]]") == .tooLong)
        #expect(refusal(of: "[" + Array(repeating: "[\(most)]", count: 5000).joined(separator: ",") + "]") == .tooLong)
        let bytes = [UInt8](repeating: UInt8(ascii: " "), count: ChangeSet.maximumBytes - 2)
        #expect(throws: Never.self) { try ChangeSet(json: bytes + Array("[]".utf8)) }
        #expect(throws: ChangeSetError.tooManyBytes) { try ChangeSet(json: bytes + Array(" []".utf8)) }
    }

    @Test("nested a million deep, are refused at once")
    func depth() {
        #expect(fault(in: [UInt8](repeating: UInt8(ascii: "["), count: ChangeSet.maximumBytes)) == .unexpectedByte)
    }

    @Test("come back equal when written and read")
    func roundTrip() throws {
        var random = Seeded(7)
        for _ in 0..<4000 {
            let changes = try random.edit(of: random.upTo(30))
            if changes.jsonText.contains("\u{FFFD}") { continue }
            #expect(try ChangeSet(json: changes.json) == changes)
        }
    }

    @Test("made of random bytes and damaged messages, never trap, and what is read is sound")
    func fuzz() throws {
        var random = Seeded(8)
        let marks = #"[ ] , " 0 1 12 - . e \ \u d83d de00 a 😀"#
        let words = marks.split(separator: " ").map(String.init) + [" ", "\n", "\0"]
        var accepted = 0
        for number in 0..<60_000 {
            var bytes: [UInt8]
            if number % 3 == 0 {
                bytes = (0..<random.upTo(24)).flatMap { _ in Array(words[random.upTo(words.count - 1)].utf8) }
            } else {
                bytes = try random.edit(of: random.upTo(30)).json
                for _ in 0..<random.upTo(2) where !bytes.isEmpty {
                    let at = random.upTo(bytes.count - 1)
                    switch random.upTo(3) {
                    case 0: bytes[at] = UInt8(random.upTo(255))
                    case 1: bytes.remove(at: at)
                    case 2: bytes.insert(UInt8(random.upTo(255)), at: at)
                    default: bytes.removeLast(random.upTo(bytes.count - 1))
                    }
                }
            }
            guard let changes = try? ChangeSet(json: bytes) else { continue }
            accepted += 1
            #expect(try ChangeSet(json: changes.json) == changes)
            if changes.length < 100 {
                let text = DocumentText(String(repeating: "x", count: changes.length))
                #expect(try changes.applied(to: text).utf16Length == changes.newLength)
            }
        }
        #expect(accepted > 10_000 && accepted < 59_000)
    }
}
