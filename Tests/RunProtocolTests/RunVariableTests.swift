import RunProtocol
import Testing
import Wire

@Suite("What a project sets for its programs")
struct RunVariableTests {
    private func request(
        _ program: RunProgram = .nothing,
        variables: [RunVariable] = [],
        workspace: WorkspaceID? = WorkspaceID(7)
    ) throws -> RunRequest {
        RunRequest(
            run: RunID(91),
            workspace: workspace,
            language: try #require(LanguageID("python")),
            program: program,
            variables: variables,
            input: .text([]),
            files: []
        )
    }

    private func variable(_ name: String, _ value: String = "") throws -> RunVariable {
        try RunVariable(name: name, value: value)
    }

    /// The request as the other side reads it.
    private func read(_ request: RunRequest) throws -> RunRequest {
        var writer = WireWriter()
        writer.put(request)
        return try WireReader.read(RunRequest.self, from: writer.bytes)
    }

    @Test("A name is a name of the shell's", arguments: ["A", "_", "api_key2", String(repeating: "N", count: 100)])
    func names(name: String) throws {
        #expect(try variable(name, "é\n=").name == name)
    }

    @Test(
        "Names that are none, that the runner sets, or that are Carrel's own are refused",
        arguments: [
            ("", .name), ("2A", .name), ("A B", .name), ("A=B", .name), ("A-B", .name), ("É", .name), ("A\0", .name),
            (String(repeating: "N", count: 101), .name), ("PATH", .setByRunner), ("HOME", .setByRunner),
            ("USER", .setByRunner), ("CARREL_", .reserved), ("CARREL_TOKEN", .reserved),
        ] as [(String, RunVariable.Fault)]
    )
    func badNames(name: String, fault: RunVariable.Fault) throws {
        #expect(throws: fault) { try variable(name) }
        // On the wire, too, where nobody is trusted.
        var writer = WireWriter()
        writer.put(name)
        writer.put("value")
        #expect(throws: WireError.self) { try WireReader.read(RunVariable.self, from: writer.bytes) }
    }

    @Test("A value has a length and no NUL")
    func values() throws {
        let long = String(repeating: "x", count: RunVariable.maximumValue)
        #expect(try variable("A", long).value == long)
        #expect(throws: RunVariable.Fault.tooLong) { try variable("A", long + "x") }
        #expect(throws: RunVariable.Fault.nul) { try variable("A", "a\0b") }
        var writer = WireWriter()
        writer.put("A")
        writer.put("a\0b")
        #expect(throws: WireError.refused) { try WireReader.read(RunVariable.self, from: writer.bytes) }
    }

    @Test("So many variables, so many bytes and each name once are the most that a request has")
    func together() throws {
        let most = try (0..<RunVariable.maximumCount).map { try variable("N\($0)", "x") }
        #expect(try read(request(variables: most)).variables == most)
        let full = try (0..<4).map { try variable("N\($0)", String(repeating: "x", count: 16 * 1024 - 2)) }
        #expect(try read(request(variables: full)).variables == full)
        for bad in [
            most + [try variable("M")], full + [try variable("M")], [try variable("A", "1"), try variable("A", "2")],
        ] {
            #expect(try !request(variables: bad).isConsistent)
            #expect(throws: WireError.self) { try read(request(variables: bad)) }
        }
    }

    @Test("A command has a program to begin with")
    func commands() throws {
        #expect(try read(request(.command(["make", "", "A=B"]))).program == .command(["make", "", "A=B"]))
        for words in [[], [""], ["A=B", "make"], ["make", "a\0b"]] {
            #expect(throws: WireError.refused) { try read(request(.command(words))) }
        }
        let many = [String](repeating: "x", count: RunRequest.maximumArguments + 1)
        #expect(throws: WireError.tooLong) { try read(request(.command(many))) }
        let long = String(repeating: "x", count: RunRequest.maximumArgument + 1)
        #expect(throws: WireError.tooLong) { try read(request(.command([long]))) }
    }

    @Test("A job has neither")
    func jobs() throws {
        #expect(try read(request(workspace: nil)).workspace == nil)
        #expect(throws: WireError.refused) { try read(request(.command(["make"]), workspace: nil)) }
        #expect(throws: WireError.refused) { try read(request(variables: [variable("A")], workspace: nil)) }
    }

    @Test("Whoever prints a variable or a request sees no value")
    func printed() throws {
        let request = try request(variables: [variable("API_KEY", "nine owls")])
        var dumped = ""
        dump(request, to: &dumped)
        let frame = ClientFrame.start(request)
        for text in [
            "\(request)", String(reflecting: request), "\(frame)", String(reflecting: request.variables), dumped,
        ] {
            #expect(text.contains("API_KEY"), "it is about this variable")
            #expect(!text.contains("nine owls"))
        }
    }
}
