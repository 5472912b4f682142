import Testing
import Web

@testable import LanguageServers

@Suite struct ServerConversationTests {
    private func envelope(_ text: String) -> [UInt8] { MessageReader.envelope(Array(text.utf8)) }

    private func greeted(_ capabilities: String = "{}") throws -> ServerConversation {
        var conversation = ServerConversation()
        _ = conversation.greet(home: "/home/coder")
        _ = try conversation.take(envelope(#"{"jsonrpc":"2.0","id":1,"result":{"capabilities":\#(capabilities)}}"#))
        return conversation
    }

    @Test func `a greeting is answered with what the server can do, and that is confirmed`() throws {
        var conversation = ServerConversation()
        #expect(String(decoding: conversation.greet(home: "/home/coder"), as: UTF8.self).contains(#""initialize""#))
        let answer = """
            {"id":1,"result":{"capabilities":{"hoverProvider":true,"renameProvider":false,\
            "completionProvider":{"triggerCharacters":["."],"resolveProvider":true}}}}
            """
        let (events, replies) = try conversation.take(envelope(answer))
        guard case .greeted(let abilities)? = events.first else {
            Issue.record("it was not greeted")
            return
        }
        #expect(abilities.methods == ["textDocument/hover", "textDocument/completion"])
        #expect(abilities.completionTriggers == ["."] && abilities.resolvesCompletions)
        #expect(String(decoding: replies, as: UTF8.self).contains(#""initialized""#))
    }

    @Test func `a refused greeting is the end`() throws {
        var conversation = ServerConversation()
        _ = conversation.greet(home: "/home/coder")
        #expect(throws: ServerConversation.Fault.refusedGreeting) {
            try conversation.take(envelope(#"{"id":1,"error":{"code":1,"message":"no"}}"#))
        }
    }

    @Test func `an answer reaches its question, once; others are dropped`() throws {
        var conversation = try greeted()
        let (first, _) = conversation.ask("textDocument/hover", [:])
        let (second, _) = conversation.ask("textDocument/hover", [:])
        let stream = #"{"id":\#(second),"result":5}"#
        let (events, _) = try conversation.take(
            envelope(stream) + envelope(stream) + envelope(#"{"id":999,"result":1}"#)
                + envelope(#"{"id":"x","result":1}"#) + envelope(#"{"id":1.5,"result":1}"#)
                + envelope(#"{"id":\#(first),"error":{"code":-32800,"message":"cancelled"}}"#)
        )
        let answers = events.map { event -> String in
            if case .answer(let id, let value) = event { "\(id) \(value == nil)" } else { "?" }
        }
        #expect(answers == ["\(second) false", "\(first) true"])
    }

    @Test func `what was given up is told to the server and its answer dropped`() throws {
        var conversation = try greeted()
        let (id, _) = conversation.ask("textDocument/hover", [:])
        #expect(String(decoding: conversation.giveUp(id), as: UTF8.self).contains("$/cancelRequest"))
        #expect(conversation.giveUp(id).isEmpty)
        #expect(try conversation.take(envelope(#"{"id":\#(id),"result":1}"#)).events.isEmpty)
    }

    @Test func `what the server asks is answered with nothing`() throws {
        var conversation = try greeted()
        func reply(_ text: String) throws -> String {
            String(decoding: try conversation.take(envelope(text)).replies, as: UTF8.self)
        }
        let configuration = #"{"id":"a","method":"workspace/configuration","params":{"items":[{},{}]}}"#
        #expect(try reply(configuration).contains("[null,null]"))
        #expect(try reply(#"{"id":7,"method":"workspace/applyEdit","params":{}}"#).contains("-32601"))
        #expect(try reply(#"{"id":{},"method":"workspace/applyEdit"}"#).isEmpty)
        #expect(try reply(#"{"method":"window/logMessage","params":{"message":"x"}}"#).isEmpty)
    }

    @Test(arguments: ["", "[]", "5", "{", #"{"id":1"#, "{}", "\u{FFFD}", String(repeating: "[", count: 100_000)])
    func `what is no message is the end`(_ body: String) throws {
        var conversation = try greeted()
        #expect(throws: ServerConversation.Fault.message) { try conversation.take(envelope(body)) }
    }
}
