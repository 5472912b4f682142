import Foundation
import Quotas
import Site
import Testing

@Suite("What an operator sets as limits")
struct ConfiguredLimitsTests {
    private func limits(_ settings: [String: String]) throws -> ProjectLimits {
        let secret = FileManager.default.temporaryDirectory.appending(path: "carrel-test-secret-\(UUID().uuidString)")
        try Data(String(repeating: "5a", count: 32).utf8).write(to: secret)
        defer { try? FileManager.default.removeItem(at: secret) }
        let needed = [
            "CARREL_FASTCGI_SOCKET", "CARREL_HUB_SOCKET", "CARREL_RUNNER_SOCKET", "CARREL_DATABASE_SOCKET",
            "CARREL_TEMPLATES", "CARREL_LANGUAGES",
        ]
        var environment = Dictionary(uniqueKeysWithValues: needed.map { ($0, "/nonexistent") })
        environment["CARREL_SECRET_FILE"] = secret.path
        return try Configuration(environment: environment.merging(settings) { _, new in new }).projectLimits
    }

    @Test("Who sets nothing gets the stated defaults")
    func defaults() throws {
        #expect(try limits([:]) == ProjectLimits())
        #expect(try limits(["CARREL_PROJECT_FILES": ""]) == ProjectLimits())
    }

    @Test("Each limit can be set, sizes in MB")
    func settings() throws {
        let set = try limits([
            "CARREL_PROJECTS": "3", "CARREL_PROJECT_FILES": "40", "CARREL_PROJECT_MB": "2", "CARREL_FILE_MB": "1",
            "CARREL_TEXT_MB": "4", "CARREL_PROJECT_SIZE_MB": "7",
        ])
        #expect(
            set
                == ProjectLimits(
                    projects: 3,
                    files: 40,
                    blobSize: 1_048_576,
                    blobsSize: 2_097_152,
                    size: 7_340_032,
                    textLength: 4_194_304
                )
        )
    }

    @Test(
        "What is no number, or more than the other parts can carry, is refused with the range",
        arguments: [
            ("CARREL_PROJECT_FILES", "100000"), ("CARREL_PROJECT_FILES", "0"), ("CARREL_FILE_MB", "17"),
            ("CARREL_TEXT_MB", "many"), ("CARREL_PROJECTS", "-1"),
        ]
    )
    func refusals(name: String, value: String) {
        let fault = #expect(throws: Configuration.Fault.self) { _ = try limits([name: value]) }
        #expect(fault?.description.contains("\(name) must be a number from 1 to") == true)
    }
}
