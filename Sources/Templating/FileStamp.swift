import FoundationEssentials

/// What tells one state of a file from another without reading it.
struct FileStamp: Equatable, Sendable {
    private var changed: Date?
    private var size: Int?
    private var number: Int?

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
        for path in paths where path.hasSuffix(".html") && !path.split(separator: "/").contains(where: { $0.first == "." }) {
            // A file that goes away between the two looks is as good as one that never was.
            let attributes = try? FileManager.default.attributesOfItem(atPath: directory + "/" + path)
            guard let attributes, attributes[.type] as? FileAttributeType == .typeRegular else { continue }
            stamps[String(path.dropLast(".html".count))] = FileStamp(
                changed: attributes[.modificationDate] as? Date,
                size: (attributes[.size] as? NSNumberLike)?.value,
                number: nil
            )
        }
        return stamps
    }
}
