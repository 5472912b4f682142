public import Accounts
import Crypto
public import Projects
public import RunProtocol
public import SiteKit

/// Takes many files into a project in one go, all of them or none: what a text was before stays in its history.
public struct Intake {
    /// What became of a file that was to be taken in.
    public enum Outcome: Sendable, Equatable {
        /// It was not there before.
        case added
        /// It was there with another content.
        case replaced
        /// It was there with the same content.
        case unchanged
        /// It was there, and was not to be replaced.
        case kept
        /// Something else is in its way; the words say what.
        case obstructed(String)
    }

    private let files: FileBatch
    private let copy: WorkingCopy
    private let reader: Reader
    /// To be told of when all of it is kept.
    fileprivate private(set) var edits: [Documents.Saved] = []

    fileprivate init(_ files: FileBatch, _ copy: WorkingCopy, _ reader: Reader) {
        self.files = files
        self.copy = copy
        self.reader = reader
    }

    /// Takes one file in. Throws `Problem` when the project has no room for it, and then takes in nothing at all.
    public mutating func take(_ bytes: [UInt8], at path: ProjectPath, replacing: Bool) throws -> Outcome {
        let old = files.file(at: path)
        if old == nil, let reason = files.obstacle(to: path) { return .obstructed(reason) }
        let text = copy.text(bytes)
        if let text, case .text(let document)? = old?.content {
            return try edit(document, text, replacing: replacing)
        }
        guard text == nil else {
            guard old == nil || replacing else { return .kept }
            try files.put(.text(text ?? ""), at: path)
            return old == nil ? .added : .replaced
        }
        guard let digest = ContentDigest(Array(SHA256.hash(data: bytes))) else { return .kept }
        if case .blob(let blob)? = old?.content, blob.digest == digest { return .unchanged }
        guard old == nil || replacing else { return .kept }
        try files.put(.bytes(bytes, digest), at: path)
        return old == nil ? .added : .replaced
    }

    private mutating func edit(_ document: DocumentHead.ID, _ text: String, replacing: Bool) throws -> Outcome {
        guard replacing else {
            guard let head = try DocumentsStore.state(document, for: .read(reader), in: files.db)?.head else {
                return .kept
            }
            return try Documents.content(of: document, at: head.version, in: files.db).text == text ? .unchanged : .kept
        }
        let saved = try copy.documents.save(
            text,
            of: document,
            basedOn: nil,
            as: "upload",
            for: reader,
            in: files.db
        )
        edits.append(saved)
        return saved.update == nil ? .unchanged : .replaced
    }
}

extension WorkingCopy {
    /// Takes many files into a project in one transaction. `body` may run again, from its start, when the database asks
    /// for that. Throws `Problem` for a project that the reader may not edit.
    public func takeIn<Value: Sendable>(
        to project: Project.ID,
        for reader: Reader,
        _ body: (inout Intake) throws -> Value
    ) throws -> Value {
        let done = try projects.changeFiles(of: project, for: reader) { try fill($0, for: reader, body) }
        for edit in done.edits { documents.publish(edit) }
        return done.value
    }

    /// Makes a project of files that come from elsewhere; one that can't be filled is not made.
    public func makeProject<Value: Sendable>(
        name: String,
        language: String,
        for reader: Reader,
        _ body: (inout Intake) throws -> Value
    ) throws -> (project: Project.ID, value: Value) {
        let made = try projects.create(name: name, language: language, for: reader) { files, _ in
            try fill(files, for: reader, body)
        }
        return (made.project, made.value.value)
    }

    private func fill<Value: Sendable>(
        _ files: FileBatch,
        for reader: Reader,
        _ body: (inout Intake) throws -> Value
    ) throws -> Filled<Value> {
        var intake = Intake(files, self, reader)
        let value = try body(&intake)
        return Filled(value: value, edits: intake.edits)
    }

    private struct Filled<Value: Sendable>: Sendable {
        let value: Value
        let edits: [Documents.Saved]
    }
}
