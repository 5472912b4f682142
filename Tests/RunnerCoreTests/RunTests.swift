import Foundation
import RunProtocol
import RunnerClient
import Testing

@Suite("A run", .serialized)
struct RunTests {
    @Test(
        "of the hello program of every language prints what it must",
        arguments: ["bash", "c", "javascript", "python"]
    )
    func hello(language: String) throws {
        let fixture = try RunnerFixture()
        let folder = RunnerFixture.repository.appending(path: "Sources/Languages/Catalogue/\(language)/samples")
        let name = try #require(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).first {
                $0.hasPrefix("hello.") && $0 != "hello.out"
            }
        )
        let program = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        let expected = try String(contentsOf: folder.appending(path: "hello.out"), encoding: .utf8)
        let result = try fixture.run(language, [name: program])
        #expect(result.output == expected)
        #expect(result.error.isEmpty)
        #expect(result.ending == .exited(0))
        #expect(result.phases == (language == "c" ? [.compile, .run] : [.run]))
        let outcome = try #require(result.outcome)
        #expect(outcome.wall > .zero && outcome.wall < .seconds(10) && outcome.memory.bytes > 100_000)
    }

    @Test("answers what is typed into its terminal while it runs")
    func terminal() throws {
        let fixture = try RunnerFixture()
        let files = ["main.py": "import os\nname = input('Name? ')\nprint('Hello', name, os.get_terminal_size())"]
        let request = try fixture.request("python", files, input: .terminal(WindowSize(rows: 30, columns: 100)))
        let session = try fixture.start(request, files)
        var output = ""
        while let event = try session.nextEvent() {
            if case .output(_, let bytes) = event {
                output += String(decoding: bytes, as: UTF8.self)
                if output == "Name? " {
                    #expect(try fixture.client.resize(request.run, rows: 40, columns: 120))
                    #expect(try fixture.client.send(input: Array("Ada\n".utf8), to: request.run))
                }
            }
        }
        #expect(output == "Name? Ada\r\nHello Ada os.terminal_size(columns=120, lines=40)\r\n")
        #expect(try !fixture.client.send(input: [10], to: request.run), "a run that is over takes no input")
    }

    @Test("of a shell lasts until it is left, takes no program's slot, and sees files that come in meanwhile")
    func shell() throws {
        let fixture = try RunnerFixture(["slots": 1, "terminals": 1])
        var files = ["main.sh": "echo ran"]
        let window = RunInput.terminal(WindowSize(rows: 24, columns: 80))
        let request = try fixture.request("bash", files, program: .shell, input: window)
        let session = try fixture.start(request, files)
        var output = ""
        func read(until words: String) throws {
            while !output.contains(words), let event = try session.nextEvent() {
                if case .output(_, let bytes) = event { output += String(decoding: bytes, as: UTF8.self) }
            }
        }
        func enter(_ line: String) throws {
            #expect(try fixture.client.send(input: Array("\(line)\n".utf8), to: request.run))
        }
        try enter("sh main.sh; echo $((40 + 2))-there")
        try read(until: "42-there")
        #expect(output.contains("ran\r\n"))
        #expect(try fixture.run("bash", files).output == "ran\n", "the only slot is free")
        // A second shell has no place, and is told so at once.
        #expect(throws: RunnerFault.busy) {
            _ = try fixture.start(try fixture.request("bash", files, program: .shell, input: window), files)
        }
        files["new.txt"] = "came in"
        let nothing = try Transcript(try fixture.start(try fixture.request("bash", files, program: .nothing), files))
        #expect(nothing.phases.isEmpty && nothing.ending == .cancelled)
        try enter("cat new.txt; echo; exit")
        while let event = try session.nextEvent() {
            if case .output(_, let bytes) = event { output += String(decoding: bytes, as: UTF8.self) }
        }
        #expect(output.contains("came in\r\n"))
    }

    @Test("of nothing starts no container")
    func nothing() throws {
        let fixture = try RunnerFixture()
        let files = ["main.sh": "echo ran"]
        let end = try Transcript(try fixture.start(try fixture.request("bash", files, program: .nothing), files))
        #expect(end.ending == .cancelled)
        #expect(try fixture.containers().isEmpty)
    }

    @Test("gets Ctrl-C from its terminal as an interrupt")
    func interrupt() throws {
        let fixture = try RunnerFixture()
        let program =
            "try:\n    print('ready', flush=True)\n    while True: pass\nexcept KeyboardInterrupt: print('bye')"
        let files = ["main.py": program]
        let request = try fixture.request("python", files, input: .terminal(WindowSize(rows: 24, columns: 80)))
        let session = try fixture.start(request, files)
        var output = ""
        while let event = try session.nextEvent() {
            guard case .output(_, let bytes) = event else { continue }
            output += String(decoding: bytes, as: UTF8.self)
            if output == "ready\r\n" { #expect(try fixture.client.send(input: [3], to: request.run)) }
        }
        #expect(output == "ready\r\n^Cbye\r\n")
    }

    @Test("takes input that was typed before its workspace was there")
    func earlyInput() throws {
        let fixture = try RunnerFixture()
        let files = ["main.py": "print(input())"]
        let request = try fixture.request("python", files, input: .terminal(WindowSize(rows: 24, columns: 80)))
        let client = fixture.client
        let typing = Thread {
            while (try? client.send(input: Array("early\n".utf8), to: request.run)) != true { usleep(1000) }
        }
        typing.start()
        let result = try Transcript(try fixture.start(request, files))
        #expect(result.output == "early\r\nearly\r\n")
    }

    @Test("reads the text it was given and keeps its two streams apart")
    func text() throws {
        let fixture = try RunnerFixture()
        let program = "import sys\nprint(sys.stdin.read().upper())\nprint('oh', file=sys.stderr)\nsys.exit(7)"
        let result = try fixture.run("python", ["main.py": program], input: .text(Array("ä b".utf8)))
        #expect(result.output == "Ä B\n")
        #expect(result.error == "oh\n")
        #expect(result.ending == .exited(7))
    }

    @Test("gets its arguments as they are, whatever is in them")
    func arguments() throws {
        let fixture = try RunnerFixture()
        let arguments = ["a b", "$(id)", "-x", "ü\n", ""]
        let result = try fixture.run("python", ["main.py": "import sys\nprint(sys.argv)"], arguments: arguments)
        #expect(result.output == "['main.py', 'a b', '$(id)', '-x', 'ü\\n', '']\n")
    }

    @Test("that does not compile ends in the compile phase with the compiler's words")
    func compileError() throws {
        let fixture = try RunnerFixture()
        let result = try fixture.run("c", ["main.c": "int main(void) { return nothing; }\n"])
        #expect(result.ending == .exited(1))
        #expect(result.outcome?.phase == .compile)
        #expect(result.phases == [.compile])
        #expect(result.error.contains("main.c:1:25: error: ") && !result.error.contains("/home"))
    }

    @Test("that is compiled has its terminal, too: for the compiler's words and for its own input")
    func compiledTerminal() throws {
        let fixture = try RunnerFixture()
        let program = """
            #include <stdio.h>
            #warning words
            int main(void) { int n; printf("n? "); fflush(stdout); if (scanf("%d", &n) == 1) printf("%d\\n", 2 * n); }
            """
        let files = ["main.c": program]
        let request = try fixture.request("c", files, input: .terminal(WindowSize(rows: 24, columns: 80)))
        let session = try fixture.start(request, files)
        var output = ""
        while let event = try session.nextEvent() {
            guard case .output(_, let bytes) = event else { continue }
            output += String(decoding: bytes, as: UTF8.self)
            if output.hasSuffix("n? ") { #expect(try fixture.client.send(input: Array("21\n".utf8), to: request.run)) }
        }
        #expect(output.contains("warning: ") && output.contains("#warning words"))
        #expect(output.hasSuffix("n? 21\r\n42\r\n"), "\(output)")
    }

    @Test("compiles all sources of the project, folders included")
    func manySources() throws {
        let fixture = try RunnerFixture()
        let files = [
            "main.c": "#include <stdio.h>\n#include \"lib/add.h\"\nint main(void) { printf(\"%d\\n\", add(2, 3)); }\n",
            "lib/add.c": "int add(int a, int b) { return a + b; }\n", "lib/add.h": "int add(int, int);\n",
        ]
        let result = try fixture.run("c", files)
        #expect(result.output == "5\n")
    }

    @Test("delivers what is printed within 50 ms")
    func latency() throws {
        let fixture = try RunnerFixture()
        let program = "import time\nfor _ in range(40):\n    print(time.time(), flush=True)\n    time.sleep(0.02)\n"
        let files = ["main.py": program]
        let session = try fixture.start(try fixture.request("python", files), files)
        var delays: [Double] = []
        while let event = try session.nextEvent() {
            guard case .output(_, let bytes) = event else { continue }
            let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            for line in lines { delays.append(Date.now.timeIntervalSince1970 - (try #require(Double(line)))) }
        }
        #expect(delays.count == 40)
        let median = delays.sorted()[20]
        let most = delays.max() ?? 0
        print("print to reader: median \(Int(median * 1_000_000)) µs, most \(Int(most * 1_000_000)) µs")
        #expect(median < 0.05)
    }

    @Test("ends as cancelled when somebody stops it")
    func cancel() throws {
        let fixture = try RunnerFixture()
        let files = ["main.py": "import time\nprint('up', flush=True)\ntime.sleep(60)"]
        let request = try fixture.request("python", files)
        let session = try fixture.start(request, files)
        var outcome: RunOutcome?
        var isCancelled = false
        while let event = try session.nextEvent() {
            // Its line may come in two pieces, the second when it is over already.
            if case .output = event, !isCancelled {
                isCancelled = try fixture.client.cancel(request.run)
                #expect(isCancelled)
            }
            if case .finished(let end) = event { outcome = end }
        }
        #expect(outcome?.ending == .cancelled)
        #expect(try !fixture.client.cancel(request.run))
    }

    @Test("ends when its connection does, and gives its slot back")
    func abandoned() throws {
        let fixture = try RunnerFixture(["slots": 1, "queue": 1])
        let files = ["main.py": "import time\nprint('up', flush=True)\ntime.sleep(60)"]
        let session = try fixture.start(try fixture.request("python", files), files)
        #expect(try session.nextEvent() == .started(.run))
        session.close()
        #expect(try fixture.run("python", ["main.py": "print(1)"]).output == "1\n")
    }

    @Test("that nobody may name twice is refused the second time")
    func twice() throws {
        let fixture = try RunnerFixture()
        let files = ["main.py": "input()"]
        let request = try fixture.request("python", files, input: .terminal(WindowSize(rows: 24, columns: 80)))
        let session = try fixture.start(request, files)
        #expect(throws: RunnerFault.protocolViolation("a run of that name is alive")) {
            _ = try fixture.start(request, files)
        }
        session.close()
    }

    @Test("in a warm workspace starts quickly")
    func warm() throws {
        let fixture = try RunnerFixture()
        var times: [Double] = []
        for round in 0..<30 {
            let files = ["main.py": "print('hello \(round)')"]
            let request = try fixture.request("python", files)
            let began = Date.now
            let session = try fixture.start(request, files)
            while let event = try session.nextEvent() {
                guard case .output = event else { continue }
                times.append(Date.now.timeIntervalSince(began))
                break
            }
            while try session.nextEvent() != nil {}
        }
        let warm = times.dropFirst().sorted()
        print("start to first output: cold \(Int(times[0] * 1000)) ms, warm median \(Int(warm[14] * 10_000)) × 0.1 ms")
        #expect(warm[14] < times[0] / 2)
    }
}
