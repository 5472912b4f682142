import Dispatch
import RunProtocol
import Site
import SiteTesting
import Synchronization
import Testing
import Threads
import Web

@Suite("Formatting a text")
struct FormattingTests {
    struct Report: Decodable {
        struct Refusal: Decodable {
            let message: String
            let line: Int?
            let column: Int?
        }

        let places: Int
        let left: Int
        let reversal: String?
        let refusal: Refusal?
    }

    /// What a formatter prints, and how it ends.
    static func prints(
        _ output: String = "",
        errors: String = "",
        _ ending: RunOutcome.Ending = .exited(0)
    ) -> StandInRunner.Runs {
        prints(Array(output.utf8), errors: errors, ending)
    }

    static func prints(_ output: [UInt8], errors: String = "", _ ending: RunOutcome.Ending) -> StandInRunner.Runs {
        var events: [RunEvent] = []
        if !output.isEmpty { events.append(.output(.output, output)) }
        if !errors.isEmpty { events.append(.output(.error, Array(errors.utf8))) }
        return .tell(events + [.finished(StandInRunner.outcome(ending))])
    }

    /// Ada's project with `main.py` of this text, and a helper that says this of every formatter.
    static func with(
        _ text: String,
        _ runs: StandInRunner.Runs,
        _ body: (TestSite, StandInRunner, TestClient, _ project: Int, _ document: Int) throws -> Void
    ) throws {
        let runner = try StandInRunner(runs)
        try TestSite.with(runnerSocket: runner.socket) { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject()
            let document = try #require(try ada.files(of: project).first).document
            let version = try ada.document(document).version
            _ = try ada.submit("/documents/\(document)/text", ["text": text, "version": "\(version)"])
            try body(site, runner, ada, project, document)
        }
    }

    static func format(_ document: Int, by person: TestClient) throws -> Report {
        let answer = try person.post(json: "{}", to: "/documents/\(document)/formats")
        guard answer.status == 200 else { throw TestClient.Unexpected(answer: answer.text) }
        return try answer.json(Report.self)
    }

    private static let messy = "if x==1:\n  print( x )\n"
    private static let neat = "if x == 1:\n    print(x)\n"

    @Test("is one edit of whoever asks, place by place; a second one changes nothing; one undo takes it back")
    func format() throws {
        try Self.with(Self.messy, Self.prints(Self.neat)) { _, runner, ada, project, document in
            let before = try ada.document(document).version
            let report = try Self.format(document, by: ada)
            #expect(report.places == 5 && report.left == 0 && report.refusal == nil)
            #expect(try ada.document(document) == (before + 1, Self.neat))
            let request = try #require(runner.next())
            #expect(request.program == ProjectPath("main.py").map { .format($0) })
            #expect(request.input == .text(Array(Self.messy.utf8)) && request.arguments.isEmpty)
            #expect(request.variables.isEmpty && request.workspace != nil)
            let updates = ada.get("/documents/\(document)/updates?since=\(before)").text
            #expect(updates.contains(#""author":"ada""#) && updates.contains(#""client":"format-"#))

            #expect(try Self.format(document, by: ada).places == 0)
            #expect(try ada.document(document).version == before + 1)
            let reversal = try #require(report.reversal)
            #expect(try ada.post(json: "{}", to: reversal).status == 204)
            #expect(try ada.document(document).text == Self.messy)
            #expect(try ada.post(json: "{}", to: reversal).status == 409, "once")
        }
    }

    @Test("leaves alone what somebody edits while the formatter runs, and formats the rest")
    func meanwhile() throws {
        try Self.with(Self.messy, .last) { site, runner, ada, project, document in
            let grace = try site.member(.grace)
            try site.share(project, with: .grace, as: "editor")
            let version = try ada.document(document).version
            let report = Mutex<Report?>(nil)
            let done = DispatchSemaphore(value: 0)
            OwnThread.start {
                report.withLock { $0 = try? Self.format(document, by: ada) }
                done.signal()
            }
            _ = runner.next()
            // The formatter takes a space away here.
            #expect(try grace.push(#"[17,[1,"y"],4]"#, to: document, at: version).status == 200)
            runner.finish([], printing: Self.neat)
            #expect(done.wait(timeout: .now() + 20) == .success)
            let told = try #require(report.withLock { $0 })
            #expect(told.places == 4 && told.left == 1)
            #expect(try ada.document(document).text == "if x == 1:\n    print(yx)\n")
        }
    }

    @Test("without scripts saves what is in the field, formats it, says so, and offers to undo it")
    func form() throws {
        try Self.with("x = 1\n", Self.prints(Self.neat)) { _, runner, ada, project, document in
            let page = "/projects/\(project)/files/main.py"
            #expect(ada.get(page).text.contains("/documents/\(document)/formats\">Format</button>"))
            let version = try ada.document(document).version
            let fields = ["text": Self.messy, "version": "\(version)"]
            let answer = try ada.submit("/documents/\(document)/formats", fields)
            #expect(answer.status == 303 && answer.location == page)
            #expect(try ada.document(document).text == Self.neat)
            let shown = ada.get(page).text
            #expect(shown.contains("Formatted.") && shown.contains("Undo"))
            let path = try #require(shown.between("/formats/", "/reversal"))
            let undone = try ada.submit("/documents/\(document)/formats/\(path)/reversal", [:])
            #expect(undone.location == page)
            #expect(try ada.document(document).text == Self.messy)
            #expect(ada.get(page).text.contains("The text is as it was before."))
            runner.runs = Self.prints(errors: "error: cannot format main.py: Cannot parse: 2:0: no", .exited(123))
            let refused = try ada.submit("/documents/\(document)/formats", [:])
            #expect(refused.location == "\(page)?line=2")
            #expect(ada.get(page).text.contains("Not formatted. Line 2: no"))
        }
    }

    @Test("says where the formatter can't read it, and changes nothing")
    func refusal() throws {
        let words = "error: cannot format main.py: Cannot parse: 3:4: if x ==\n\nOh no!"
        try Self.with("x\n", Self.prints("y\n", errors: words, .exited(123))) { _, runner, ada, _, document in
            let refusal = try #require(try Self.format(document, by: ada).refusal)
            #expect(refusal.message == "Line 3: if x ==" && refusal.line == 3 && refusal.column == 5)
            runner.runs = Self.prints(errors: "\n \n  Oh no!\nmore", .exited(1))
            let other = try #require(try Self.format(document, by: ada).refusal)
            #expect(other.message == "  Oh no!" && other.line == nil)
            runner.runs = Self.prints(errors: "error: cannot format other.py: Cannot parse: 3:4: no", .exited(1))
            #expect(try Self.format(document, by: ada).refusal?.line == nil, "the place is in another file")
            #expect(try ada.document(document).text == "x\n")
        }
    }

    @Test(
        "never costs a text, whatever a formatter does",
        arguments: [
            (prints("", .exited(0)), "nothing back"), (prints([120, 0, 121], .exited(0)), "no text"),
            (prints([0xff, 0xfe], .exited(0)), "no text"), (prints("y\n", .outOfTime), "too long"),
            (prints("y\n", .tooMuchOutput), "more than a text"), (prints("y\n", .signalled(9)), "before it was done"),
            (prints("y\n", .outOfMemory), "more memory"), (prints("", .exited(127)), "not there yet"),
            (prints("", .exited(1)), "could not read this"),
        ]
    )
    func hostile(runs: StandInRunner.Runs, words: String) throws {
        try Self.with("x\n", runs) { _, _, ada, _, document in
            let version = try ada.document(document).version
            let refusal = try #require(try Self.format(document, by: ada).refusal)
            #expect(refusal.message.contains(words), "\(refusal.message)")
            #expect(try ada.document(document) == (version, "x\n"))
        }
    }

    @Test("that prints more than a text may have changes nothing")
    func huge() throws {
        let piece = RunEvent.output(.output, [UInt8](repeating: UInt8(ascii: "x"), count: RunEvent.maximumOutput))
        let end = RunEvent.finished(StandInRunner.outcome(.exited(0)))
        try Self.with("x\n", .tell([RunEvent](repeating: piece, count: 100) + [end])) { _, _, ada, _, document in
            let answer = try ada.post(json: "{}", to: "/documents/\(document)/formats")
            #expect(answer.status == 422)
            #expect(try ada.document(document).text == "x\n")
        }
    }
}
