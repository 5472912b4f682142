public import RunProtocol
public import Web

/// Kinds of files that a browser shows by itself: pictures, sound, film, and pages as they are printed.
///
/// A file is of a kind when its name says so and its first bytes are what such files begin with. Both, so that nothing
/// is shown as what it is not, and nobody has to guess: browsers are told not to (`nosniff`). No HTML is among them.
public enum Media: String, Sendable, CaseIterable {
    case png = "image/png"
    case jpeg = "image/jpeg"
    case gif = "image/gif"
    case webp = "image/webp"
    /// Drawings, which may hold scripts: shown as a picture on a page, where they can't run, and nowhere else.
    case svg = "image/svg+xml"
    case pdf = "application/pdf"
    case mp3 = "audio/mpeg"
    case wav = "audio/wav"
    case flac = "audio/flac"
    case m4a = "audio/mp4"
    case ogg = "audio/ogg"
    case mp4 = "video/mp4"
    case webm = "video/webm"
    case ogv = "video/ogg"

    /// How a page shows it.
    public enum Showing: Sendable {
        case picture, sound, film, frame
    }

    /// Bytes from its beginning that tell what a file is.
    static let signatureLength = 4_096

    /// The kind that a file's name says; nil for none of these.
    public init?(path: ProjectPath) {
        switch path.fileExtension {
        case "png": self = .png
        case "jpg", "jpeg": self = .jpeg
        case "gif": self = .gif
        case "webp": self = .webp
        case "svg": self = .svg
        case "pdf": self = .pdf
        case "mp3": self = .mp3
        case "wav": self = .wav
        case "flac": self = .flac
        case "m4a": self = .m4a
        case "ogg", "oga", "opus": self = .ogg
        case "mp4", "m4v": self = .mp4
        case "webm": self = .webm
        case "ogv": self = .ogv
        default: return nil
        }
    }

    /// The kind that a file's name and its first bytes say; nil for none, and when they don't say the same.
    public init?(path: ProjectPath, beginning: [UInt8]) {
        self.init(path: path)
        guard isBegun(by: beginning) else { return nil }
    }

    /// The kind of a text that is the source of one, such as a drawing; nil for any other text.
    public init?(path: ProjectPath, source: String) {
        guard Self(path: path) != nil else { return nil }
        self.init(path: path, beginning: Array(source.utf8.prefix(Self.signatureLength)))
    }

    /// What a page calls it.
    public var word: String { showing == .frame ? "page" : "picture" }

    /// How a page shows it.
    public var showing: Showing {
        switch self {
        case .png, .jpeg, .gif, .webp, .svg: .picture
        case .mp3, .wav, .flac, .m4a, .ogg: .sound
        case .mp4, .webm, .ogv: .film
        case .pdf: .frame
        }
    }

    /// What a page needs to be let do that shows it; nil for nothing.
    public var embedding: Embedding? {
        switch showing {
        case .picture: nil
        case .sound, .film: .media
        case .frame: .frame
        }
    }

    private func isBegun(by bytes: [UInt8]) -> Bool {
        func has(_ text: String, at offset: Int = 0) -> Bool { bytes.dropFirst(offset).starts(with: text.utf8) }
        switch self {
        case .png: return bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        case .jpeg: return bytes.starts(with: [0xFF, 0xD8, 0xFF])
        case .gif: return has("GIF87a") || has("GIF89a")
        case .webp: return has("RIFF") && has("WEBP", at: 8)
        case .svg: return Self.isDrawing(bytes)
        case .pdf: return has("%PDF-")
        case .mp3: return has("ID3") || Self.isFrameOfSound(bytes)
        case .wav: return has("RIFF") && has("WAVE", at: 8)
        case .flac: return has("fLaC")
        case .ogg, .ogv: return has("OggS")
        case .mp4, .m4a: return has("ftyp", at: 4)
        case .webm: return bytes.starts(with: [0x1A, 0x45, 0xDF, 0xA3])
        }
    }

    /// Eleven bits that are set, and then a layer and a bit rate that there are.
    private static func isFrameOfSound(_ bytes: [UInt8]) -> Bool {
        bytes.count > 3 && bytes[0] == 0xFF && bytes[1] & 0xE0 == 0xE0 && bytes[1] & 0x06 != 0
            && bytes[2] & 0xF0 != 0xF0
    }

    /// Whether the first element of an XML text is `svg`. Declarations and comments may come before it.
    private static func isDrawing(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        func isNext(_ text: String) -> Bool { rest.starts(with: text.utf8) }
        func skip(to end: String) {
            let end = Array(end.utf8)
            while !rest.isEmpty, !rest.starts(with: end) { rest = rest.dropFirst() }
            rest = rest.dropFirst(end.count)
        }
        if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
        while !rest.isEmpty {
            rest = rest.drop { [9, 10, 13, 32].contains($0) }
            if isNext("<?") {
                skip(to: "?>")
            } else if isNext("<!--") {
                skip(to: "-->")
            } else if isNext("<!DOCTYPE svg") {
                let end = rest.firstIndex { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: ">") }
                skip(to: end.map { rest[$0] } == UInt8(ascii: "[") ? "]>" : ">")
            } else {
                return isNext("<svg") && rest.dropFirst(4).first.map { [9, 10, 13, 32, 62, 47].contains($0) } ?? false
            }
        }
        return false
    }
}
