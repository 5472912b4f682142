import FoundationEssentials
import Templating

/// Templates of one test, in a directory that goes away afterwards.
struct Workshop {
    let directory: String

    /// Writes the templates (name to text), and lends the workshop for the length of `body`.
    static func with<Result>(_ templates: [String: String], _ body: (Workshop) throws -> Result) throws -> Result {
        let path = FileManager.default.temporaryDirectory.path + "/templating-\(UUID().uuidString)"
        let workshop = Workshop(directory: path)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: path) }
        for (name, text) in templates { try workshop.write(text, as: name + ".html") }
        return try body(workshop)
    }

    func write(_ text: String, as file: String) throws {
        let url = URL(filePath: directory + "/" + file)
        try FileManager.default.createDirectory(
            atPath: url.deletingLastPathComponent().path,
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: url)
    }

    func library(reload: Bool = false) throws -> TemplateLibrary {
        try TemplateLibrary(directory: directory, shared: Frame.self, as: "site", reload: reload)
    }
}

/// Renders one template (named "page") with the given model; other templates by name.
func render(_ template: String, _ page: Sample = Sample(), with others: [String: String] = [:]) throws -> String {
    try Workshop.with(others.merging(["page": template]) { $1 }) { workshop in
        let bytes = try workshop.library().page("page", for: Sample.self).render(page, shared: Frame())
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// The error that a template (named "page") is refused with; nil when it is accepted.
func refusal(_ template: String, with others: [String: String] = [:]) throws -> TemplateError? {
    do {
        _ = try render(template, with: others)
        return nil
    } catch let error as TemplateError {
        return error
    }
}
