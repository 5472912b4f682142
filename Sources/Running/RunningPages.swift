import FoundationEssentials
public import Projects
import RunProtocol
public import SiteKit
public import Templating

struct RunPage: ViewModel {
    var project: ProjectHead
    var run: RunReport
    var back: String

    static let fields = Fields<Self>(
        .record("project", ProjectHead.self) { $0.project },
        .record("run", RunReport.self) { $0.run },
        .text("back") { $0.back }
    )
}

struct RunHistoryPage: ViewModel {
    var project: ProjectHead
    var runs: [RunRow]
    /// The number that the next page comes before; nil on the last.
    var next: Run.ID?

    static let fields = Fields<Self>(
        .record("project", ProjectHead.self) { $0.project },
        .list("runs", of: RunRow.self) { $0.runs },
        .optionalInt("next") { $0.next?.rawValue }
    )
}

struct RunRow: ViewModel {
    var run: Run
    var starter: String

    static let fields = Fields<Self>(
        .int("id") { $0.run.id.rawValue },
        .text("file") { $0.run.file?.text ?? "" },
        .text("starter") { $0.starter },
        .date("started") { $0.run.started },
        .text("kind") { $0.run.ending?.kind.rawValue ?? "" },
        .text("words") { $0.run.words ?? "Running." }
    )
}

/// A run as a page shows it that has no scripts.
public struct RunReport: ViewModel {
    var run: Run
    var output: [OutputPiece]
    /// What follows after a part that is left out; empty when `output` is all.
    var rest: [OutputPiece]
    /// Bytes of that part.
    var cut: Int

    /// What the template may name.
    public static let fields = Fields<Self>(
        .int("id") { $0.run.id.rawValue },
        .text("file") { $0.run.file?.text ?? "the terminal" },
        .bool("isLive") { $0.run.state != .finished },
        .date("started") { $0.run.started },
        .text("kind") { $0.run.ending?.kind.rawValue ?? "" },
        .text("words") { $0.run.ending?.words ?? "" },
        .list("output", of: OutputPiece.self) { $0.output },
        .list("rest", of: OutputPiece.self) { $0.rest },
        .int("cut") { $0.cut }
    )
}

/// A part of an output: text, or the name of a line that leads there.
struct OutputPiece: ViewModel, Equatable {
    var text: String
    /// Where it leads; nil for mere text.
    var href: String?

    static let fields = Fields<Self>(.text("text") { $0.text }, .optionalText("href") { $0.href })

    /// A text with the lines that it names as links. `addresses` are those of the project's texts, by path.
    static func pieces(of text: String, _ addresses: [String: String]) -> [OutputPiece] {
        let bytes = Array(text.utf8)
        var pieces: [OutputPiece] = []
        var end = 0
        func add(upTo index: Int) {
            if index > end { pieces.append(OutputPiece(text: String(decoding: bytes[end..<index], as: UTF8.self))) }
        }
        for place in OutputPlaces(has: { addresses[$0] != nil }).places(in: bytes) {
            guard let file = addresses[place.path] else { continue }
            add(upTo: place.range.lowerBound)
            let name = String(decoding: bytes[place.range], as: UTF8.self)
            pieces.append(OutputPiece(text: name, href: "\(file)?line=\(place.line)#line"))
            end = place.range.upperBound
        }
        add(upTo: bytes.count)
        return pieces
    }
}

extension RunDesk {
    /// Bytes of output that a page without scripts shows.
    private static let shown = 65_536

    /// The run with the beginning and the end of its output, for a page. `files` are its project's; `pages` knows where
    /// they are shown.
    public func report(on run: Run, files: [ProjectFile], pages: Pages) throws -> RunReport {
        let (head, tail, cut) = try output(of: run).ends(Self.shown)
        let texts = files.filter { $0.document != nil }
        let addresses = Dictionary(texts.map { ($0.path.text, pages.url(FilesRoutes.path(run.project, $0.path))) }) {
            $1
        }
        func pieces(_ bytes: [UInt8]) -> [OutputPiece] { OutputPiece.pieces(of: PlainText.of(bytes), addresses) }
        return RunReport(run: run, output: pieces(head), rest: cut > 0 ? pieces(tail) : [], cut: cut)
    }
}

/// Output for those who have no terminal.
enum PlainText {
    /// The text without terminal escapes (ECMA-48) and control characters; a lone carriage return begins the line anew.
    static func of(_ bytes: [UInt8]) -> String {
        var out: [UInt8] = []
        var lineStart = 0
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case 0x1B:
                index = end(ofEscapeAt: index, in: bytes)
                continue
            case 0x0D:
                if index + 1 < bytes.count, bytes[index + 1] != 0x0A { out.removeSubrange(lineStart...) }
            case 0x08: if out.count > lineStart { out.removeLast() }
            case 0x0A:
                out.append(byte)
                lineStart = out.count
            case 0x09, 0x20...0x7E, 0x80...0xFF: out.append(byte)
            default: break
            }
            index += 1
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// The index after an escape sequence: CSI up to its final byte, OSC and the like up to BEL or ST, else two bytes.
    private static func end(ofEscapeAt start: Int, in bytes: [UInt8]) -> Int {
        guard start + 1 < bytes.count else { return bytes.count }
        var index = start + 2
        switch bytes[start + 1] {
        case UInt8(ascii: "["):
            while index < bytes.count, !(0x40...0x7E).contains(bytes[index]) { index += 1 }
            return min(index + 1, bytes.count)
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"), UInt8(ascii: "X"):
            while index < bytes.count, bytes[index] != 0x07, bytes[index] != 0x1B { index += 1 }
            guard index < bytes.count else { return index }
            return bytes[index] == 0x07 ? index + 1 : min(index + 2, bytes.count)
        case 0x20...0x2F: return min(index + 1, bytes.count)
        default: return index
        }
    }
}
