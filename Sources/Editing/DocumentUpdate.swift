import Projects

/// One edit of a document: the change set that made `version` out of the version before it.
public struct DocumentUpdate: Sendable {
    /// The version that the document has after it.
    public let version: Int
    /// Who typed it.
    public let author: String
    /// The editor it came from, chosen by the editor: 8 to 40 of `A–Z a–z 0–9 _ -`.
    public let client: String
    /// The editor's own count of its edits.
    public let sequence: Int
    /// The change set as CodeMirror's JSON.
    public let changes: [UInt8]

    /// The update as scripts get it. Names and clients have no character that JSON would escape.
    var json: [UInt8] {
        Array(
            #"{"version":\#(version),"client":"\#(client)","sequence":\#(sequence),"author":"\#(author)","changes":"#
                .utf8
        )
            + changes + [UInt8(ascii: "}")]
    }
}

/// What an editor sends: an edit of the text as it was at `version`.
struct Push: Sendable {
    let version: Int
    let client: String
    let sequence: Int
    let changes: ChangeSet

    /// The most bytes of a push: a change set of its own limit and what stands around it.
    static let maximumBytes = ChangeSet.maximumBytes + 1_024

    /// Reads the JSON body of a push. Throws `ChangeSetError` when a member is missing, unknown or out of bounds.
    init(json: [UInt8]) throws(ChangeSetError) {
        var cursor = ChangeSetJSONCursor(json)
        var version: Int?
        var client: String?
        var sequence: Int?
        var changes: ChangeSet?
        try cursor.object { cursor, name throws(ChangeSetError) in
            switch name {
            case "version": version = try cursor.integer(maximum: Int(Int32.max))
            case "client": client = try cursor.string()
            case "sequence": sequence = try cursor.integer(maximum: Int(Int32.max))
            case "changes": changes = try ChangeSet(json: &cursor)
            default: throw cursor.fault(.member)
            }
        }
        try cursor.expectEnd()
        guard let version, let client, let sequence, let changes, Self.isClient(client) else {
            throw cursor.fault(.member)
        }
        self.version = version
        self.client = client
        self.sequence = sequence
        self.changes = changes
    }

    init(version: Int, client: String, sequence: Int, changes: ChangeSet) {
        self.version = version
        self.client = client
        self.sequence = sequence
        self.changes = changes
    }

    private static func isClient(_ text: String) -> Bool {
        (8...40).contains(text.utf8.count)
            && text.utf8.allSatisfy {
                ($0 >= 48 && $0 <= 57) || ($0 >= 65 && $0 <= 90) || ($0 >= 97 && $0 <= 122) || $0 == 45 || $0 == 95
            }
    }
}

/// What becomes of a push.
struct PushAnswer: Sendable {
    /// Whether the edit is in the document, now or from an earlier try.
    let isAccepted: Bool
    /// The document's version.
    let version: Int
    /// Everything after the version that the push was based on, its own edit last if it was accepted.
    let updates: [DocumentUpdate]

    var json: [UInt8] { Self.json(version: version, updates: updates) }

    static func json(version: Int, updates: [DocumentUpdate]) -> [UInt8] {
        var out = Array(#"{"version":\#(version),"updates":["#.utf8)
        for (index, update) in updates.enumerated() {
            if index > 0 { out.append(UInt8(ascii: ",")) }
            out += update.json
        }
        out += Array("]}".utf8)
        return out
    }
}
