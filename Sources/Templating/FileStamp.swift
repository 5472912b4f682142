import FoundationEssentials

/// What tells one state of a file from another without reading it.
struct FileStamp: Equatable, Sendable {
    private var changed: Date?
    private var size: UInt64?
    private var number: UInt64?

    /// The stamps of all templates below a directory, by name.
    static func templates(below directory: String) throws(TemplateError) -> [String: FileStamp] {
        let paths: [String]
        do {
            paths = try FileManager.default.subpathsOfDirectory(atPath: directory)
        } catch {
            throw TemplateError(
                file: directory,
                line: 1,
                column: 1,
                message: "The templates directory can't be read.",
                hint: "Is the path right, and may this user read it?"
            )
        }
        var stamps: [String: FileStamp] = [:]
        for path in paths where path.hasSuffix(".html") {
            if path.split(separator: "/").contains(where: { $0.first == "." }) { continue }
            // A file that goes away between the two looks is as good as one that never was.
            let attributes = try? FileManager.default.attributesOfItem(atPath: directory + "/" + path)
            guard let attributes, attributes[.type] as? FileAttributeType == .typeRegular else { continue }
            stamps[String(path.dropLast(".html".count))] = FileStamp(
                changed: attributes[.modificationDate] as? Date,
                size: (attributes[.size] as? any BinaryInteger).map { UInt64(clamping: $0) },
                number: (attributes[.systemFileNumber] as? any BinaryInteger).map { UInt64(clamping: $0) }
            )
        }
        return stamps
    }
}

extension Source {
    /// Reads a template file.
    init(name: String, directory: String) throws(TemplateError) {
        let file = name + ".html"
        let content: Data
        do {
            content = try Data(contentsOf: URL(filePath: directory + "/" + file))
        } catch {
            throw TemplateError(
                file: file,
                line: 1,
                column: 1,
                message: "The file can't be read.",
                hint: "May this user read it?"
            )
        }
        try self.init(name: name, bytes: [UInt8](content))
    }
}
