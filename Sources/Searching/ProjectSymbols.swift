import Accounts
import Crypto
import Editing
import FoundationEssentials
import Projects
import RunProtocol
import SiteKit
import Synchronization

/// What of a whole project's texts an editor may suggest, and where it is.
///
/// A version of a text never changes, so what was found in it is kept: an answer costs one question for the list of
/// texts, and reading those that are new. Those are bounded for one request; an answer that lacks some says so, and the
/// next one knows more.
final class ProjectSymbols: Sendable {
    /// Units of texts that one request reads anew.
    static let mostRead = 4_000_000
    /// A longer text has nothing that is suggested.
    static let longestText = 262_144
    static let mostWords = 20_000
    static let mostSymbols = 10_000
    /// Bytes of what is kept, about; when there is more, all of it is forgotten.
    private static let mostKept = 64_000_000

    private struct Kept {
        var texts: [DocumentHead.ID: (version: Int, symbols: TextSymbols, size: Int)] = [:]
        var size = 0
    }

    private let documents: Documents
    private let kept = Mutex(Kept())

    init(documents: Documents) {
        self.documents = documents
    }

    /// What scripts get.
    struct Answer: Encodable {
        /// Whether no text was left out for now.
        var isWhole = true
        var files: [String] = []
        /// Name, kind, number of the file in `files`, line.
        var symbols: [Symbol] = []
        var words: [String] = []
    }

    struct Symbol: Encodable {
        let name: String
        let kind: String
        let file: Int
        let line: Int

        func encode(to encoder: any Encoder) throws {
            var list = encoder.unkeyedContainer()
            try list.encode(name)
            try list.encode(kind)
            try list.encode(file)
            try list.encode(line)
        }
    }

    /// The texts that matter, in the order of their paths; only who may see them has any.
    func heads(of project: Project.ID, for reader: Reader) throws -> [Documents.TextHead] {
        try documents.heads(of: project, for: reader).filter { $0.length <= Self.longestText }
    }

    /// What says whether the answer for these texts is another one.
    func tag(_ heads: [Documents.TextHead]) -> String {
        var hash = SHA256()
        for head in heads { hash.update(data: Array("\(head.document).\(head.version).\(head.path.text)\n".utf8)) }
        let unread = kept.withLock { kept in heads.count { kept.texts[$0.document]?.version != $0.version } }
        let name = hash.finalize().prefix(12).map { String($0, radix: 16) }.joined()
        return unread == 0 ? "\"\(name)\"" : "\"\(name)-\(unread)\""
    }

    /// What is in these texts.
    func answer(_ heads: [Documents.TextHead]) throws -> Answer {
        let unread = kept.withLock { kept in heads.filter { kept.texts[$0.document]?.version != $0.version } }
        var read: [Documents.TextHead] = []
        var units = 0
        for head in unread where units + head.length <= Self.mostRead {
            units += head.length
            read.append(head)
        }
        let fresh = try scan(read)
        var answer = Answer(isWhole: read.count == unread.count)
        let known = kept.withLock { kept in
            for (id, text) in fresh {
                kept.size += text.size - (kept.texts[id]?.size ?? 0)
                kept.texts[id] = text
            }
            let known = heads.map { kept.texts[$0.document]?.symbols }
            if kept.size > Self.mostKept { kept = Kept() }
            return known
        }
        var words = Set<String>()
        for (head, text) in zip(heads, known) {
            guard let text else { continue }
            if !text.symbols.isEmpty, answer.symbols.count + text.symbols.count <= Self.mostSymbols {
                for symbol in text.symbols {
                    answer.symbols.append(
                        Symbol(
                            name: symbol.name,
                            kind: symbol.kind.rawValue,
                            file: answer.files.count,
                            line: symbol.line
                        )
                    )
                }
                answer.files.append(head.path.text)
            }
            if words.count < Self.mostWords { words.formUnion(text.words) }
        }
        answer.words = Array(words.prefix(Self.mostWords))
        return answer
    }

    private func scan(
        _ heads: [Documents.TextHead]
    ) throws -> [(DocumentHead.ID, (version: Int, symbols: TextSymbols, size: Int))] {
        let contents = try documents.contents(of: heads)
        return heads.compactMap { head in
            guard let content = contents[head.document] else { return nil }
            let symbols = SymbolScanner(fileExtension: head.path.fileExtension).scan(content.text)
            let size = symbols.words.reduce(200) { $0 + $1.utf8.count + 32 } + symbols.symbols.count * 64
            return (head.document, (content.version, symbols, size))
        }
    }
}
