// Change sets: what one edit, by whomever, does to a document. The server-side counterpart of CodeMirror 6's
// `ChangeSet`, with the same meaning, the same JSON form and the same answers, so that the browser and the authority
// never disagree about where a change lands.
//
// Every position and length counts UTF-16 code units, and a line break is one unit ("\n"), because that is what
// CodeMirror counts. Not bytes, not characters: "é" may be 1 or 2, "😀" is always 2.
//
// Theory of operation
//
// A change set is a list of sections that walks the old document from its start to its end. A section keeps `length`
// units, or replaces `length` units by `inserted` new ones (length 0: an insertion; inserted 0: a deletion). The new
// units of all sections stand one after the other in one flat buffer, `units`, so a set is two arrays whatever its
// size. In the notation of the tests (and of CodeMirror's own) "5 0:2 3:0" keeps 5, inserts 2, deletes 3.
//
// Three operations make collaboration:
//   compose   a then b, as one set:                        text ──a──► ──b──►   =   text ──ab──►
//   map       a, rewritten to apply after a concurrent b:  a·map(b) then equals b·map(a, before)
//   invert    the way back
//
// Invariants
//  1. The sections' lengths add up to `length`; kept and inserted units add up to `newLength`; the inserted counts add
//     up to `units.count`. Only `ChangeBuilder` makes sections, and it keeps the sums.
//  2. No section is empty (0 kept, or 0 replaced by 0). Two kept sections never touch, nor two pure deletions, nor two
//     pure insertions. Equal edits written in one way compare equal; adjacent *replacements* stay apart, since mapping
//     treats them apart.
//  3. Nothing here traps, whatever came over the network: parsing is bounded and typed, lengths stay below
//     `maximumLength`, and mismatched lengths throw before anything is changed.

/// One edit of a document: what is kept, deleted and inserted, from its start to its end.
///
/// All positions and lengths count UTF-16 code units with line breaks as one unit, as CodeMirror does.
public struct ChangeSet: Sendable, Equatable {
    /// The longest document, before or after, that a parsed or constructed change set may describe, in UTF-16 units.
    ///
    /// It only keeps sums from overflowing; the product's own limits are far below.
    public static let maximumLength = 1 << 30

    /// The length of the document that this change set applies to, in UTF-16 units.
    public let length: Int

    /// The length of the document after this change set, in UTF-16 units.
    public let newLength: Int

    let sections: [Section]

    /// The inserted text of all sections, in their order.
    let units: [UInt16]

    /// Whether applying this change set does nothing.
    public var isEmpty: Bool {
        sections.isEmpty || (sections.count == 1 && sections[0].isKept)
    }

    /// The number of UTF-16 units that this change set inserts.
    public var insertedLength: Int { units.count }

    /// The change set that keeps a document of `length` units as it is.
    ///
    /// A negative length counts as 0.
    public init(keeping length: Int) {
        var builder = ChangeBuilder()
        builder.keep(max(0, length))
        self.init(builder)
    }

    /// Replaces `range` of a document of `length` units by a text; an empty range inserts, an empty text deletes.
    ///
    /// Line breaks in `text` become "\n". Throws `invalidRange` when the range is not inside the document.
    public init(replacing range: Range<Int>, with text: String, in length: Int) throws(ChangeSetError) {
        guard range.lowerBound >= 0, range.upperBound <= length, length <= Self.maximumLength else {
            throw .invalidRange
        }
        var builder = ChangeBuilder()
        builder.keep(range.lowerBound)
        builder.replace(range.count, with: DocumentText.normalisedUnits(of: text)[...])
        builder.keep(length - range.upperBound)
        guard builder.newLength <= Self.maximumLength else { throw .tooLong }
        self.init(builder)
    }

    init(_ builder: ChangeBuilder) {
        sections = builder.sections
        units = builder.units
        length = builder.length
        newLength = builder.newLength
    }

    /// Changes `text` in place; the quick way to apply many small edits.
    ///
    /// Throws `lengthMismatch`, and leaves the text alone, when it isn't `length` units long.
    public func apply(to text: inout DocumentText) throws(ChangeSetError) {
        guard text.utf16Length == length else { throw .lengthMismatch(expected: length, actual: text.utf16Length) }
        var position = 0
        var offset = 0
        for section in sections {
            if section.isKept {
                position += section.length
            } else {
                text.replace(at: position, count: section.length, with: units[offset..<(offset + section.inserted)])
                position += section.inserted
                offset += section.inserted
            }
        }
    }

    /// The text that applying this change set to `text` gives.
    ///
    /// Throws `lengthMismatch` when it isn't `length` units long.
    public func applied(to text: DocumentText) throws(ChangeSetError) -> DocumentText {
        var result = text
        try apply(to: &result)
        return result
    }
}

extension ChangeSet {
    /// A stretch of the old document and what becomes of it.
    struct Section: Sendable, Equatable {
        static let kept = -1

        /// Units of the old document.
        var length: Int
        /// Units that replace them, or `kept`.
        var inserted: Int

        var isKept: Bool { inserted == Self.kept }
    }
}

extension ChangeSet: CustomStringConvertible {
    /// The sections as "5 0:2 3:0" (keep 5, insert 2, delete 3), without the inserted text.
    public var description: String {
        sections.map { $0.isKept ? "\($0.length)" : "\($0.length):\($0.inserted)" }.joined(separator: " ")
    }
}

/// Why a change set was refused.
public enum ChangeSetError: Error, Sendable, Equatable {
    /// The JSON is longer than `ChangeSet.maximumBytes`.
    case tooManyBytes
    /// The JSON breaks a rule at this byte.
    case malformed(offset: Int, Fault)
    /// The document before or after would be longer than `ChangeSet.maximumLength`.
    case tooLong
    /// The range is not inside the document.
    case invalidRange
    /// The change set is for a document (or a preceding change set) of another length, in UTF-16 units.
    case lengthMismatch(expected: Int, actual: Int)

    /// The rule that malformed JSON breaks.
    public enum Fault: Sendable, Equatable {
        /// The bytes end in the middle of a value.
        case cutOff
        /// A byte that can't stand here; also anything after the end.
        case unexpectedByte
        /// A number that is negative, has a fraction, an exponent or a leading zero, or is too large.
        case number
        /// Bytes in a string that aren't UTF-8.
        case notUTF8
        /// An unknown escape, or a control character that isn't escaped.
        case escape
        /// An escaped half of a surrogate pair without its other half.
        case loneSurrogate
        /// A "\n" or "\r" inside a line.
        case lineBreak
        /// An object's member that nobody knows, stands twice or is missing.
        case member
    }
}

/// Collects sections and their text, and joins what belongs together (invariants 1 and 2 of `ChangeSet`).
struct ChangeBuilder {
    private(set) var sections: [ChangeSet.Section] = []
    private(set) var units: [UInt16] = []
    private(set) var length = 0
    private(set) var newLength = 0

    mutating func keep(_ count: Int) {
        add(count, ChangeSet.Section.kept, join: false)
    }

    /// Replaces `count` units by `text`; with `join` as a part of the replacement that came last.
    mutating func replace(_ count: Int, with text: ArraySlice<UInt16>, join: Bool = false) {
        add(count, text.count, join: join)
        units.append(contentsOf: text)
    }

    private mutating func add(_ count: Int, _ inserted: Int, join: Bool) {
        length += count
        newLength += inserted == ChangeSet.Section.kept ? count : inserted
        if count == 0 && inserted <= 0 { return }
        let last = sections.count - 1
        if last < 0 {
            sections.append(.init(length: count, inserted: inserted))
        } else if inserted <= 0 && sections[last].inserted == inserted {
            sections[last].length += count
        } else if count == 0 && sections[last].length == 0 {
            sections[last].inserted += inserted
        } else if join {
            sections[last].length += count
            sections[last].inserted += inserted
        } else {
            sections.append(.init(length: count, inserted: inserted))
        }
    }
}
