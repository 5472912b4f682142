public import FoundationEssentials
import Quotas
public import RunProtocol
public import SiteKit
import Web

/// Somebody's work: files that belong together, in one language.
public struct Project: Sendable {
    /// Its number.
    public typealias ID = Identifier<Project>

    /// Its number, which is also in its address.
    public let id: ID
    /// What its owner calls it: one line of 1 to 80 characters.
    public let name: String
    /// Decides the image, the command and the first file.
    public let language: LanguageID
    /// When it was made.
    public let created: Date
    /// When something in it last changed, to the minute.
    public let updated: Date
    /// The username of whom it belongs to.
    public let owner: String
    /// The last part of its address, `/@owner/slug`; unique among its owner's projects.
    public let slug: String
    /// Who sees it besides its members.
    public let visibility: ProjectVisibility
    /// Whether nothing in it can be changed or run.
    public let isArchived: Bool
    /// How many files it has.
    public let fileCount: Int
    /// How large its files are together: bytes, and for texts UTF-16 code units; what is typed counts after a minute.
    public let size: Int
    /// What the reader who asked for it is in it; nil for a visitor.
    public let role: ProjectRole?

    /// Its stable address, below the base path.
    public var address: String { "/@\(owner)/\(slug)" }

    /// Whether the reader who asked for it may do this with it: for pages, to offer nothing that would be refused.
    public func may(_ right: ProjectRight) -> Bool {
        guard let role, role.may(right) else { return false }
        return !(isArchived && ProjectAccess.needsLife(right))
    }

    /// A name as it may be stored, or what is wrong with it.
    static func checked(name typed: String) throws -> String {
        let name = typed.trimmingWhitespace()
        guard !name.isEmpty else { throw Problem.invalid("name", "Give the project a name.") }
        guard name.count <= 80, name.utf8.count <= 320 else {
            throw Problem.invalid("name", "A project's name has at most 80 characters.")
        }
        guard name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) }) else {
            throw Problem.invalid("name", "A project's name is one line without control characters.")
        }
        return name
    }
}

/// A file of a project.
public struct ProjectFile: Sendable {
    /// Its number.
    public typealias ID = Identifier<ProjectFile>

    /// Its number, which is also in its address.
    public let id: ID
    /// The project it belongs to.
    public let project: Project.ID
    /// Where it lies in the project; unique among the files that are not deleted.
    public let path: ProjectPath
    /// What is in it.
    public let content: FileContent

    /// Its text and the versions of it; nil when it is no text.
    public var document: DocumentHead.ID? {
        if case .text(let document) = content { document } else { nil }
    }

    /// A path as it may be stored, or what is wrong with it, told at the form field `field`.
    static func checked(path typed: String, field: String = "path") throws -> ProjectPath {
        let text = typed.trimmingWhitespace()
        guard !text.isEmpty else {
            throw Problem.invalid(field, "Give the file a name, such as notes.txt or src/tools.py.")
        }
        guard let path = ProjectPath(text), !path.isDisguised else {
            throw ProjectLimits.noPath(field: field)
        }
        return path
    }

    /// The folder that somebody typed into the form field `field`, with or without slashes at its end; nil for the top
    /// one. Throws `Problem` for what no folder can be called.
    public static func folder(typed: String, field: String) throws -> ProjectPath? {
        var text = typed.trimmingWhitespace()[...]
        while text.hasSuffix("/") { text = text.dropLast() }
        return text.isEmpty ? nil : try checked(path: String(text), field: field)
    }
}

/// What a file holds.
public enum FileContent: Sendable, Hashable {
    /// A text, which has versions.
    case text(DocumentHead.ID)
    /// Bytes that are no text, or too long for one: only as they are now.
    case blob(BlobHead)
}

/// Bytes that are kept by their digest, without the bytes.
public struct BlobHead: Sendable, Hashable {
    /// SHA-256 of the bytes.
    public let digest: ContentDigest
    /// How many bytes there are.
    public let size: Int

    /// Describes bytes that are kept somewhere.
    public init(digest: ContentDigest, size: Int) {
        self.digest = digest
        self.size = size
    }
}

/// A text with versions, without its text: what a file needs to know of its document.
public struct DocumentHead: Sendable {
    /// Its number.
    public typealias ID = Identifier<DocumentHead>

    /// Its number, which is also in its address.
    public let id: ID
    /// How many change sets it has had. 0 is the text it began with.
    public let version: Int
    /// How long the text is, in UTF-16 code units, as editors in the browser count.
    public let length: Int

    /// A document as the database has it.
    public init(id: ID, version: Int, length: Int) {
        self.id = id
        self.version = version
        self.length = length
    }
}
