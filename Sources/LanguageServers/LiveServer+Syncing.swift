import Accounts
import Editing
import Languages
import Projects
import RunProtocol
import RunnerClient
import SiteKit
import Synchronization
import Web

/// Bringing a server up to date with the database, before it is asked. Only whoever has the `turn` may.
extension LiveServer {
    /// A text at a version, which somebody asks about.
    struct Asked {
        let path: ProjectPath
        let document: DocumentHead.ID
        let content: Documents.Content
    }

    /// Has the server know the project as it stands, the text that is asked about last.
    func synchronise(_ listing: ProjectTexts.Listing, _ asked: Asked, for reader: Reader) throws {
        try lay(listing, but: asked.path)
        try renewOpen(listing, but: asked.path, for: reader)
        if program.needsAllOpen { try openOthers(listing, but: asked.path, for: reader) }
        try show(asked.content, asked.document, at: asked.path)
        try closeOld(but: asked.path)
    }

    /// Brings the files into the workspace that have changed there. The text that is asked about is shown by another way.
    private func lay(_ listing: ProjectTexts.Listing, but asked: ProjectPath) throws {
        let laid = state.withLock { $0.laid }
        let changed = listing.manifest.filter { laid[$0.path] != $0.digest && $0.path != asked }.map(\.path)
        let present = Set(listing.manifest.map(\.path))
        let gone = laid.keys.filter { !present.contains($0) }
        guard !changed.isEmpty || !gone.isEmpty else { return }
        let request = RunRequest(
            run: .unstored(),
            workspace: key.workspace,
            language: key.language,
            program: .nothing,
            input: .text([]),
            files: listing.manifest
        )
        let session = try parts.client.start(request) { path in try listing.bytes(of: path) }
        defer { session.close() }
        while try session.nextEvent() != nil {}
        let fresh = Dictionary(listing.manifest.map { ($0.path, $0.digest) }) { first, _ in first }
        state.withLock { $0.laid = fresh }
        func event(_ path: ProjectPath, _ kind: Int) -> JSONValue {
            ["uri": .string(uri(of: path)), "type": .number(Double(kind))]
        }
        let events = changed.map { event($0, laid[$0] == nil ? 1 : 2) } + gone.map { event($0, 3) }
        // A server that missed some of very many reads them when it needs them.
        let message: JSONValue = ["changes": .array(Array(events.prefix(1_000)))]
        try send(ServerConversation.tell("workspace/didChangeWatchedFiles", message))
    }

    /// What is open in the server hides what was laid: it gets the new text, or is closed where the file is gone.
    private func renewOpen(_ listing: ProjectTexts.Listing, but asked: ProjectPath, for reader: Reader) throws {
        for (path, opened) in state.withLock({ $0.open }) where path != asked {
            guard let text = listing.text(at: path), text.document == opened.document else {
                try close(path)
                continue
            }
            guard text.version > opened.version else { continue }
            let content = try parts.documents.content(of: text.document, for: reader)
            if content.text.utf8.count > parts.limits.text {
                try close(path)
            } else {
                try change(content, at: path)
            }
        }
    }

    /// Opens the other files of the language, as many as may be.
    private func openOthers(_ listing: ProjectTexts.Listing, but asked: ProjectPath, for reader: Reader) throws {
        var room = parts.limits.openBesides
        let open = state.withLock { $0.open }
        var (count, unseen) = (open.count, 0)
        let files = listing.manifest.filter { covers($0.path) && $0.path != asked }.sorted { $0.path < $1.path }
        for file in files {
            room -= Int(clamping: file.size.bytes)
            guard open[file.path] == nil else { continue }
            guard room > 0, count < parts.limits.openTexts - 1, let text = listing.text(at: file.path) else {
                unseen += 1
                continue
            }
            try show(try parts.documents.content(of: text.document, for: reader), text.document, at: file.path)
            count += 1
        }
        state.withLock { $0.unseen = unseen }
    }

    /// Whether it is the server for this file.
    func covers(_ path: ProjectPath) -> Bool { language.extensions.contains(path.fileExtension) }

    func uri(of path: ProjectPath) -> String { ProjectURI.of(path, home: Language.home) }

    private func show(_ content: Documents.Content, _ document: DocumentHead.ID, at path: ProjectPath) throws {
        let opened = state.withLock { $0.open[path] }
        if let opened, opened.document == document {
            if opened.version != content.version { try change(content, at: path) }
            state.withLock { state in
                state.uses += 1
                state.open[path]?.use = state.uses
            }
            return
        }
        if opened != nil { try close(path) }
        let item: JSONValue = [
            "uri": .string(uri(of: path)), "languageId": .string(language.editorMode),
            "version": .number(Double(content.version)), "text": .string(content.text),
        ]
        try send(ServerConversation.tell("textDocument/didOpen", ["textDocument": item]))
        state.withLock { state in
            state.uses += 1
            state.open[path] = Opened(document: document, version: content.version, use: state.uses)
        }
    }

    private func change(_ content: Documents.Content, at path: ProjectPath) throws {
        let document: JSONValue = ["uri": .string(uri(of: path)), "version": .number(Double(content.version))]
        let changes: JSONValue = [["text": .string(content.text)]]
        try send(
            ServerConversation.tell(
                "textDocument/didChange",
                ["textDocument": document, "contentChanges": changes]
            )
        )
        state.withLock { $0.open[path]?.version = content.version }
    }

    private func close(_ path: ProjectPath) throws {
        state.withLock { $0.open[path] = nil }
        try send(ServerConversation.tell("textDocument/didClose", ["textDocument": ["uri": .string(uri(of: path))]]))
        // Not every server takes back what it said of a file that is closed.
        let hadProblems = state.withLock { state in
            guard let problems = state.problems.removeValue(forKey: path) else { return false }
            state.problemsSize -= problems.size
            return true
        }
        if hadProblems { parts.publish(key, .problems(path, [])) }
    }

    private func closeOld(but asked: ProjectPath) throws {
        let open = state.withLock { $0.open }.filter { $0.key != asked }.sorted { $0.value.use < $1.value.use }
        for (path, _) in open.prefix(max(0, open.count + 1 - parts.limits.openTexts)) { try close(path) }
    }
}
