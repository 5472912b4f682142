import Foundation
import RunProtocol
import RunnerClient
import Testing

/// Programs that swap their files for links again and again while files come and go. Each has a reader or writer of its
/// own beside it that goes by the name alone, so that we know that the race was there to be lost.
@Suite("A program that swaps files for links", .serialized)
struct RacesTests {
    /// Begins both programs: `lose`, on a thread, until the time is over and it was led wherever it can be.
    private static let frame = """
        import os, random, shutil, threading, time
        end = time.time() + 6
        led = set()

        def racing():
            return time.time() < end + (0 if len(led) == places else 24)

        def lose():
            while racing():
                try:
                    go()
                except OSError:
                    pass

        def swap(name, target, spare):
            os.rename(name, spare)
            os.symlink(target, name)
            os.unlink(name)
            os.rename(spare, name)

        """

    private static let reading = """
        places = 2

        def go():
            for name in ("swapped", "folder/passwd"):
                if "root:" in open(name).read():
                    led.add(name)

        os.mkdir("folder")
        thread = threading.Thread(target=lose)
        thread.start()
        count = 0
        while racing():
            count += 1
            for name in ("swapped", "folder/passwd"):
                open(name, "w").write(f"mine {count}")
            time.sleep(random.uniform(0.1, 0.6))
            until = time.time() + 0.4
            while time.time() < until:
                swap("swapped", "/etc/passwd", ".spare")
                swap("folder", "/etc", ".folder")
        thread.join()
        print(sorted(led))
        """

    private static let writing = """
        places = 1

        def go():
            open("lib/led.txt", "w").close()
            os.unlink("lib/led.txt")

        os.mkdir("/tmp/outside")
        print("up", flush=True)
        thread = threading.Thread(target=lose)
        thread.start()
        while racing():
            if os.path.isdir("lib"):
                try:
                    swap("lib", "/tmp/outside", ".lib")
                except OSError:
                    # A file came while there was no folder, and so made one.
                    shutil.rmtree(".lib", ignore_errors=True)
            led.update(os.listdir("/tmp/outside"))
        thread.join()
        print(sorted(led | set(os.listdir("/tmp/outside"))))
        """

    private static let limits = RunLimits(wall: .seconds(40))

    @Test("has nothing told as its own that it could be led to")
    func reading() throws {
        let fixture = try RunnerFixture()
        let program = Self.frame + Self.reading
        let result = try fixture.run("python", ["main.py": program, "data.txt": "x"], limits: Self.limits)
        #expect(result.output == "['folder/passwd', 'swapped']\n", "\(result.error)")
        let pieces = result.changes.compactMap { change -> String? in
            if case .piece(let bytes) = change { String(decoding: bytes, as: UTF8.self) } else { nil }
        }
        #expect(pieces.count > 2 && pieces.allSatisfy { $0.hasPrefix("mine ") }, "\(pieces)")
    }

    @Test("has the project's files nowhere but in its home, however many come meanwhile")
    func writing() throws {
        let fixture = try RunnerFixture()
        var files = ["main.py": Self.frame + Self.writing, "lib/notes.txt": "first"]
        let session = try fixture.start(try fixture.request("python", files, limits: Self.limits), files)
        while let event = try session.nextEvent() {
            if case .output = event { break }
        }
        let end = Date.now + 5
        var count = 0
        while Date.now < end {
            count += 1
            files["lib/notes.txt"] = "edit \(count)"
            let request = try fixture.request("python", files, program: .nothing)
            // One that finds no folder there is refused: that is the program's doing and harms nobody else.
            do { _ = try Transcript(try fixture.start(request, files)) } catch is RunnerFault {}
        }
        let rest = try Transcript(session)
        // The line's end may have come apart from the word before it.
        let last = rest.output.split(separator: "\n").last
        #expect(last == "['led.txt']", "\(rest)")
        #expect(count > 20)
        let read = ["main.py": "print(open('lib/notes.txt').read())", "lib/notes.txt": "last"]
        let after = try fixture.run("python", read)
        #expect(after.output == "last\n")
    }
}
