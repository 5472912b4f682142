import Foundation
import Languages
import Testing

// The positive controls: a program that can't do its harm anywhere shows nothing about Carrel.
extension HostileTests {
    private static let controlled = HostileProgram.names.filter {
        guard let program = try? HostileProgram($0) else { return true }
        return !program.removals.isEmpty && !program.outlives
    }

    private static func catalogue() throws -> LanguageCatalogue {
        try LanguageCatalogue(
            directory: RunnerFixture.repository.appending(path: "Sources/Languages/Catalogue").path
        )
    }

    private static func container(_ program: HostileProgram) throws -> WeakContainer {
        try WeakContainer(program, #require(try catalogue()[program.language]))
    }

    @Test("says what its control is, or why it can have none; and few have none")
    func headers() throws {
        let programs = try HostileProgram.names.map(HostileProgram.init)
        for program in programs {
            let weak = try #require(program.line("Weak"), "\(program.name)")
            #expect(WeakContainer.unknown(program.removals).isEmpty, "\(program.name)")
            #expect((program.line("Succeeds") == nil) == weak.hasPrefix("none because "), "\(program.name)")
        }
        let without = programs.filter(\.removals.isEmpty)
        #expect(programs.count >= 60 && without.count <= 25, "\(without.map(\.name))")
    }

    @Test("does its harm where a protection was taken away", arguments: controlled)
    func control(name: String) throws {
        let program = try HostileProgram(name)
        let container = try Self.container(program)
        defer { container.remove() }
        let said = try container.run()
        #expect(said.contains(try #require(program.line("Succeeds"))), "\(said.suffix(1500))")
    }

    @Test("that has no end goes on where nobody ends it")
    func endless() throws {
        let programs = try HostileProgram.names.map(HostileProgram.init).filter(\.outlives)
        let containers = try programs.map { try Self.container($0) }
        defer { for container in containers { container.remove() } }
        for container in containers { _ = try container.run() }
        // What a run of the other tests has on the wall, and what it has on the processor.
        Thread.sleep(forTimeInterval: 7)
        for (program, container) in zip(programs, containers) {
            #expect(container.isRunning, "\(program.name)")
        }
        #expect(programs.count >= 8)
    }
}
