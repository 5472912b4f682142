/// Beginnings of files as they are, made up to a length: enough for whoever looks at what they are.
enum Samples {
    static func made(_ beginning: [UInt8], length: Int = 64) -> [UInt8] {
        beginning + (beginning.count..<max(length, beginning.count)).map { UInt8(truncatingIfNeeded: $0 * 7 | 0x80) }
    }

    static let known: [(name: String, type: String, bytes: [UInt8])] = [
        ("a.png", "image/png", made([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])),
        ("a.jpeg", "image/jpeg", made([0xFF, 0xD8, 0xFF, 0xE0])),
        ("a.gif", "image/gif", made(Array("GIF89a".utf8))),
        ("a.webp", "image/webp", made(Array("RIFF".utf8) + [0x80, 0, 0, 0] + Array("WEBP".utf8))),
        ("a.pdf", "application/pdf", made(Array("%PDF-1.7\n".utf8))),
        ("a.mp3", "audio/mpeg", made([0xFF, 0xFB, 0x90, 0x00])),
        ("b.MP3", "audio/mpeg", made(Array("ID3".utf8))),
        ("a.wav", "audio/wav", made(Array("RIFF".utf8) + [0x80, 0, 0, 0] + Array("WAVE".utf8))),
        ("a.flac", "audio/flac", made(Array("fLaC".utf8))),
        ("a.m4a", "audio/mp4", made([0, 0, 0, 0x20] + Array("ftypM4A ".utf8))),
        ("a.ogg", "audio/ogg", made(Array("OggS".utf8))),
        ("a.mp4", "video/mp4", made([0, 0, 0, 0x20] + Array("ftypisom".utf8))),
        ("a.webm", "video/webm", made([0x1A, 0x45, 0xDF, 0xA3])),
        ("a.ogv", "video/ogg", made(Array("OggS".utf8))),
    ]
}
