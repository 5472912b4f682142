import Foundation
import Logging
import RunProtocol
import RunnerClient
import Testing

@testable import RunnerCore

@Suite("A project's home", .serialized)
struct HomesTests {
    private static let list = "import os\nprint(sorted(os.listdir()))"

    private func stop(_ fixture: RunnerFixture) throws {
        #expect(try fixture.client.stop(WorkspaceID(1)))
    }

    /// The loop devices that have a home of this fixture's.
    private func disks(_ fixture: RunnerFixture) throws -> [Substring] {
        try shell("losetup", "--list", "--noheadings", "--output", "BACK-FILE").output
            .split(separator: "\n").filter { $0.contains(fixture.folder.path) }
    }

    @Test("is there again in the next container, and in no other project's and no other language's")
    func kept() throws {
        let fixture = try RunnerFixture()
        let ignore = [".gitignore": "cache/\n"]
        let write = "import os\nos.makedirs('cache/deep')\nopen('cache/deep/a', 'w').write('made before')"
        let read = "print(open('cache/deep/a').read())"
        #expect(try fixture.run("python", ignore.merging(["main.py": write]) { $1 }).ending == .exited(0))
        try stop(fixture)
        #expect(try fixture.run("python", ignore.merging(["main.py": read]) { $1 }).output == "made before\n")
        let other = try fixture.run("python", ["main.py": Self.list], workspace: 2)
        #expect(other.output == "['main.py']\n")
        #expect(try fixture.run("bash", ["main.sh": "ls"]).output == "main.sh\n")
    }

    @Test("is there in a container that was made ahead, for a program that was started ahead in it")
    func ahead() throws {
        for language in ["python", "javascript"] {
            let languages = try RunnerFixture.catalogue(of: language)
            defer { try? FileManager.default.removeItem(at: languages) }
            let fixture = try RunnerFixture(["languages": languages.path, "spares": 2])
            #expect(try fixture.eventually { try fixture.containers().count == 2 })
            usleep(500_000)
            var program =
                language == "python"
                ? ["main.py": "import os\nopen('made', 'a').write('x')\nprint(open('made').read(), os.getcwd())"]
                : [
                    "main.js": """
                    const fs = require("fs"); fs.appendFileSync("made", "x");
                    console.log(fs.readFileSync("made").toString(), process.cwd())
                    """
                ]
            program[".gitignore"] = "made\n"
            #expect(try fixture.run(language, program).output == "x /home/coder\n")
            try stop(fixture)
            #expect(try fixture.eventually { try fixture.containers().count == 2 })
            #expect(try fixture.run(language, program).output == "xx /home/coder\n")
        }
    }

    @Test("has nothing of what the project lost while no container ran, be it the project's file or a program's")
    func lost() throws {
        let fixture = try RunnerFixture()
        let write = "open('made.txt', 'w').write('by the program')"
        let first = try fixture.run("python", ["main.py": write, "data/a.txt": "x", "b.txt": "y"])
        #expect(first.changes.contains { if case .begins(ProjectPath("made.txt"), _, _) = $0 { true } else { false } })
        try stop(fixture)
        // The project has taken the program's file, and then both were deleted from it.
        let second = try fixture.run("python", ["main.py": Self.list, "b.txt": "new"])
        #expect(second.output == "['b.txt', 'main.py']\n")
        #expect(second.changes == [])
    }

    @Test("is full at its size, whatever memory there is, and takes none of that")
    func size() throws {
        let fixture = try RunnerFixture(["homeMiB": 192, "memoryMiB": 64, "fileMiB": 1024])
        let fill = """
            import os, time
            def fill(limit):
                count = 0
                try:
                    with open("big.bin", "wb", buffering=0) as file:
                        while count < limit and file.write(bytes(1 << 20)):
                            count += 1
                except OSError as error:
                    print(error.strerror)
                os.remove("big.bin")
                return count
            print(185 < fill(400) < 195, fill(185))
            folder = os.open(".", os.O_RDONLY)
            os.fsync(folder)
            time.sleep(0.5)
            """
        let large = RunLimits(wall: .seconds(20), fileSize: .mebibytes(1000))
        let transcript = try fixture.run("python", ["main.py": fill], limits: large)
        #expect(transcript.output == "No space left on device\nTrue 185\n")
        try stop(fixture)
        // What was deleted is not kept in the image.
        let image = fixture.homes.appending(path: "1-python.ext4").path
        #expect(
            try fixture.eventually {
                try #require(Int(try shell("stat", "-c", "%b", image).output.dropLast())) * 512 < 16 << 20
            }
        )
    }

    @Test("that its program shut is open again for the next container")
    func shut() throws {
        let fixture = try RunnerFixture()
        #expect(try fixture.run("python", ["main.py": "import os\nos.chmod('.', 0)"]).ending == .exited(0))
        try stop(fixture)
        #expect(try fixture.run("python", ["main.py": Self.list]).output == "['main.py']\n")
    }

    @Test("that is full of what the project doesn't know gives way to a new one")
    func useless() throws {
        let fixture = try RunnerFixture(["homeMiB": 8])
        let fill = """
            import os
            os.mkdir("cache")
            try:
                with open("cache/big", "wb") as file:
                    while file.write(b"x" * 4096): file.flush()
            except OSError as error:
                print(error.strerror)
            """
        let ignore = [".gitignore": "cache/\n"]
        let first = try fixture.run("python", ignore.merging(["main.py": fill]) { $1 })
        #expect(first.output == "No space left on device\n")
        try stop(fixture)
        #expect(throws: RunnerFault.filesRefused("write a file: No space left on device")) {
            _ = try fixture.run("python", ["main.py": Self.list, "b.txt": String(repeating: "y", count: 100_000)])
        }
        let last = try fixture.run("python", ["main.py": Self.list, "b.txt": String(repeating: "y", count: 100_000)])
        #expect(last.output == "['b.txt', 'main.py']\n")
    }

    @Test("that can't be read is put aside, and the project has a new one")
    func damaged() throws {
        let fixture = try RunnerFixture()
        #expect(try fixture.run("python", ["main.py": "open('made', 'w').close()"]).ending == .exited(0))
        try stop(fixture)
        let image = fixture.homes.appending(path: "1-python.ext4")
        #expect(try fixture.eventually { try disks(fixture).isEmpty })
        let file = try FileHandle(forWritingTo: image)
        try file.write(contentsOf: Data(count: 1 << 20))
        try file.close()
        #expect(try fixture.run("python", ["main.py": Self.list]).output == "['main.py']\n")
        #expect(FileManager.default.fileExists(atPath: image.path + ".broken"))
        #expect(fixture.log.contains("A home can't be read and is replaced"))
    }

    @Test("is in one container at a time, and whole after many")
    func oneAtATime() throws {
        let fixture = try RunnerFixture()
        let count = """
            import os
            text = open("count").read() if os.path.exists("count") else ""
            open("count", "w").write(text + "x")
            print(len(text))
            """
        let files = ["main.py": count, ".gitignore": "count\n"]
        for round in 0..<10 {
            #expect(try fixture.run("python", files).output == "\(round)\n")
            try stop(fixture)
        }
        #expect(try fixture.eventually { try disks(fixture).isEmpty })
        let image = fixture.homes.appending(path: "1-python.ext4").path
        #expect(try shell("e2fsck", "-fn", image).status == 0)
    }

    @Test("leaves no loop device and no mount when the runner is killed, and is there for the next one")
    func killed() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "carrel-homes-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let files = [".gitignore": "kept\n"]
        do {
            let fixture = try RunnerFixture(["outliveSeconds": 1])
            let program = "import time\nopen('kept', 'w').write('before')\nprint('up', flush=True)\ntime.sleep(60)"
            let all = files.merging(["main.py": program]) { $1 }
            let session = try fixture.start(try fixture.request("python", all), all)
            while case .started? = try session.nextEvent() {}
            #expect(try disks(fixture).count == 1)
            #expect(try shell("findmnt", "--list", "--noheadings").output.contains(fixture.folder.path) == false)
            fixture.kill()
            #expect(try fixture.eventually { try disks(fixture).isEmpty })
            try FileManager.default.moveItem(at: fixture.homes, to: folder.appending(path: "homes"))
        }
        let next = try RunnerFixture(["homes": folder.appending(path: "homes").path])
        let read = files.merging(["main.py": "print(open('kept').read())"]) { $1 }
        #expect(try next.run("python", read).output == "before\n")
    }

    @Test("can't be unmounted, mounted anew or used for devices and other users' programs by its programs")
    func mount() throws {
        let fixture = try RunnerFixture()
        let program = """
            import ctypes, os
            libc = ctypes.CDLL(None, use_errno=True)
            words = [line.split() for line in open("/proc/self/mounts") if line.split()[1] == "/home/coder"]
            print(words[-1][2], sorted({"nosuid", "nodev", "rw"} & set(words[-1][3].split(","))))
            for call in (lambda: libc.umount2(b"/home/coder", 0),
                         lambda: libc.mount(None, b"/home/coder", None, 32 | 4096, None),
                         lambda: libc.mount(b"none", b"/home/coder", b"tmpfs", 0, None)):
                print(call(), os.strerror(ctypes.get_errno()))
            print([name for name in os.listdir("/dev") if "loop" in name], os.stat(".").st_uid)
            """
        let refused = String(repeating: "-1 Operation not permitted\n", count: 3)
        #expect(
            try fixture.run("python", ["main.py": program]).output
                == "ext4 ['nodev', 'nosuid', 'rw']\n\(refused)[] 1000\n"
        )
    }

    @Test("that nobody used for a month is removed, one in use and younger ones are not")
    func tidy() throws {
        let fixture = try RunnerFixture()
        for workspace in UInt64(1)...3 {
            _ = try fixture.run("python", ["main.py": "print(1)"], workspace: workspace)
        }
        for workspace in UInt64(1)...2 { _ = try fixture.client.stop(WorkspaceID(workspace)) }
        #expect(try fixture.eventually { try disks(fixture).count == 1 })
        let old = Date.now - Double(Homes.days + 1) * 86_400
        for name in ["1-python.ext4", "3-python.ext4", "template.ext4"] {
            let path = fixture.homes.appending(path: name).path
            try FileManager.default.setAttributes([.modificationDate: old], ofItemAtPath: path)
        }
        try Homes(folder: fixture.homes.path, log: Logger(label: "test")).tidy()
        let left = try FileManager.default.contentsOfDirectory(atPath: fixture.homes.path).filter {
            $0.hasSuffix(".ext4")
        }
        #expect(left.sorted() == ["2-python.ext4", "3-python.ext4", "template.ext4"])
    }

    @Test("needs a template to be made of")
    func template() throws {
        let folder = FileManager.default.temporaryDirectory.path
        let words = "\(folder): there is no template.ext4 to make homes from"
        #expect(throws: ConfigurationError(words)) {
            _ = try Homes(folder: folder, log: Logger(label: "test"))
        }
    }
}
