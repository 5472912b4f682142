public import Projects
public import Web

extension ProjectTexts {
    /// The bytes of a file as an answer of its own (`FileAnswer`), for those whom `access` lets through. A text has one
    /// only when it is the source of something that a browser shows. Throws `Problem.notFound`.
    public func answer(
        with file: ProjectFile,
        for access: ProjectAccess,
        to request: Request
    ) throws -> Response {
        switch file.content {
        case .blob(let blob):
            return try FileAnswer(path: file.path, blob: blob) { [projects] range in
                try projects.part(range, of: blob.digest, in: file.project, for: access)
            }.answer(to: request)
        case .text(let document):
            guard Media(path: file.path) != nil else { throw Problem.notFound }
            let content = try documents.content(of: document, for: access)
            let bytes = Array(content.text.utf8)
            return try FileAnswer(path: file.path, size: bytes.count, version: "\(document)-\(content.version)") {
                range in
                BlobPart(range, of: bytes)
            }.answer(to: request)
        }
    }
}
