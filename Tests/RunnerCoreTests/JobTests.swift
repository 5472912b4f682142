import Foundation
import RunProtocol
import RunnerClient
import Testing

@Suite("A job", .serialized)
struct JobTests {
    @Test("that is nobody's has a container of its own, which is gone afterwards with all that it wrote")
    func alone() throws {
        let fixture = try RunnerFixture()
        let files = ["main.sh": "ls; echo secret >secret; ls"]
        for _ in 0..<2 { #expect(try fixture.job("bash", files).output == "main.sh\nmain.sh\nsecret\n") }
        #expect(try fixture.eventually { try fixture.containers().isEmpty })
        #expect(try fixture.client.status().workspaces.isEmpty)
        // The same in a workspace, which keeps what was written.
        _ = try fixture.run("bash", files)
        #expect(try fixture.run("bash", files).output == "main.sh\nsecret\nmain.sh\nsecret\n")
    }

    @Test("tells what the compiler used apart from what the program used")
    func stages() throws {
        let fixture = try RunnerFixture()
        let program = "#include <unistd.h>\nint main(void) { usleep(300000); return 3; }"
        let job = try fixture.job("c", ["main.c": program])
        #expect(job.phases == [.compile, .run])
        let compile = try #require(job.steps.first)
        #expect(job.steps.count == 1 && compile.ending == .exited(0) && compile.phase == .compile)
        #expect(compile.wall > .zero && compile.cpu > .zero)
        let run = try #require(job.outcome)
        #expect(run.ending == .exited(3) && run.phase == .run && run.wall > .milliseconds(300))
        #expect(run.cpu < compile.cpu)
        // One that is refused has no second stage.
        let refused = try fixture.job("c", ["main.c": "int main(void) { return x; }"])
        #expect(refused.steps.isEmpty && refused.outcome?.phase == .compile && refused.phases == [.compile])
    }

    @Test("that uses more memory than it asked for is ended, one that uses less is not")
    func memory() throws {
        let fixture = try RunnerFixture()
        let files = ["main.py": "print(len(bytearray(60_000_000)))"]
        var limits = RunLimits(wall: .seconds(20), memory: .mebibytes(32))
        #expect(try fixture.job("python", files, limits: limits).ending == .outOfMemory)
        limits.memory = .mebibytes(128)
        #expect(try fixture.job("python", files, limits: limits).output == "60000000\n")
        // More than there is counts as all there is.
        limits.memory = .mebibytes(1 << 20)
        #expect(try fixture.job("python", files, limits: limits).ending == .exited(0))
    }

    @Test("is told the memory of all its processes together, not that of the largest")
    func memoryOfAll() throws {
        let fixture = try RunnerFixture()
        let family = """
            import os, time
            for _ in range(4):
                if os.fork() == 0:
                    own = bytearray(40_000_000)
                    time.sleep(1.5)
                    os._exit(0)
            for _ in range(4): os.wait()
            """
        let together = try #require(try fixture.job("python", ["main.py": family]).outcome)
        #expect(together.ending == .exited(0) && together.memory > .mebibytes(140))
        let alone = try #require(try fixture.job("python", ["main.py": "import time; time.sleep(1)"]).outcome)
        #expect(alone.memory < .mebibytes(60))
    }

    @Test("gives its compiler and its program the memory that was asked for each")
    func memoryOfStages() throws {
        let fixture = try RunnerFixture()
        let hungry = """
            #include <stdlib.h>
            int main(void) {
                volatile char *bytes = malloc(60000000);
                for (int place = 0; place < 60000000; place += 1024) bytes[place] = 1;
                return 0;
            }
            """
        // A sum of some hundred thousand terms, for which the compiler needs a hundred megabytes at once. Were it slow to,
        // its own code would be dropped from memory and read again and again before the kernel called that the end.
        let sums = zip("BCDEF", "ABCDE").map {
            "#define \($0) " + Array(repeating: "\($1)", count: 8).joined(separator: "+")
        }
        let long = (["#define A a+a+a+a+a+a+a+a"] + sums + ["unsigned long size(int a) { return sizeof(F); }", hungry])
            .joined(separator: "\n")
        // First those that have room: what the compiler is then counts to them, and not to those that have none.
        #expect(try fixture.job("c", ["main.c": long]).ending == .exited(0))
        #expect(try fixture.job("c", ["main.c": hungry]).ending == .exited(0))
        let little = RunLimits(wall: .seconds(20), memory: .mebibytes(24))
        let starved = try fixture.job("c", ["main.c": hungry], limits: little)
        #expect(starved.ending == .outOfMemory && starved.outcome?.phase == .run)
        let other = RunLimits(wall: .seconds(20), compileMemory: .mebibytes(64))
        let uncompiled = try fixture.job("c", ["main.c": long], limits: other)
        #expect(uncompiled.ending == .outOfMemory && uncompiled.outcome?.phase == .compile)
    }

    @Test(
        "is ended when it has used its processor time, in however many processes",
        arguments: ["while :; do :; done", "(while :; do :; done) & (while :; do :; done) & wait"]
    )
    func processorTime(program: String) throws {
        let fixture = try RunnerFixture()
        let limits = RunLimits(wall: .seconds(30), cpu: .milliseconds(400))
        let job = try fixture.job("bash", ["main.sh": program], limits: limits)
        #expect(job.ending == .outOfTime)
        let outcome = try #require(job.outcome)
        #expect(outcome.cpu >= .milliseconds(350) && outcome.cpu < .seconds(3), "\(outcome)")
        // Sleeping uses none.
        #expect(try fixture.job("bash", ["main.sh": "sleep 1"], limits: limits).ending == .exited(0))
    }

    @Test("is given up while it waits for a slot")
    func givenUp() throws {
        let fixture = try RunnerFixture(["slots": 1, "queue": 4])
        let sleeper = ["main.sh": "echo up; sleep 60"]
        let first = try fixture.start(try fixture.request("bash", sleeper, workspace: nil), sleeper)
        _ = try first.nextEvent()
        let waiting = try fixture.request("bash", sleeper, workspace: nil)
        let ended = DispatchSemaphore(value: 0)
        Thread.detachNewThread { [client = fixture.client] in
            let session = try? client.start(waiting) { _ in Array("echo up; sleep 60".utf8) }
            if case .finished(let outcome)? = try? session?.nextEvent(), outcome.ending == .cancelled { ended.signal() }
        }
        #expect(try fixture.eventually { try fixture.client.status().waiting == 1 })
        #expect(try fixture.client.cancel(waiting.run))
        #expect(ended.wait(timeout: .now() + 10) == .success)
        #expect(try fixture.client.status().waiting == 0)
        first.close()
    }

    @Test("ends with its runner")
    func runnerEnds() throws {
        let fixture = try RunnerFixture()
        let sleeper = ["main.sh": "echo up; sleep 60"]
        let session = try fixture.start(try fixture.request("bash", sleeper, workspace: nil), sleeper)
        while let event = try session.nextEvent() { if case .output = event { break } }
        fixture.process.terminate()
        fixture.process.waitUntilExit()
        #expect(try fixture.containers().isEmpty)
    }
}
