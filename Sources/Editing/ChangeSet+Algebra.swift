// Compose, map and invert. The rules for what comes first when two changes meet are those of CodeMirror 6
// (`composeSets` and `mapSet` in codemirror/state src/change.ts): both sides must break every tie alike, or two
// readers of one document drift apart for good. The tests compare them case by case.

extension ChangeSet {
    /// This change set followed by `next`, as one.
    ///
    /// Throws `lengthMismatch` when `next` isn't for the document that this one gives.
    public func compose(_ next: ChangeSet) throws(ChangeSetError) -> ChangeSet {
        guard newLength == next.length else { throw .lengthMismatch(expected: newLength, actual: next.length) }
        if isEmpty { return next }
        if next.isEmpty { return self }
        var builder = ChangeBuilder()
        var a = SectionWalk(self)
        var b = SectionWalk(next)
        // Whether the replacement written last goes on: what it inserted, or what it replaces, isn't used up yet.
        var open = false
        while !(a.isDone && b.isDone) {
            if a.inserted == 0 {
                builder.replace(a.length, with: [], join: open)
                a.next()
            } else if b.length == 0 && !b.isDone {
                builder.replace(0, with: b.text, join: open)
                b.next()
            } else if a.isDone || b.isDone {
                throw .lengthMismatch(expected: newLength, actual: next.length)
            } else {
                let step = min(a.newLength, b.length)
                let before = builder.sections.count
                if a.isKept && b.isKept {
                    builder.keep(step)
                } else if a.isKept {
                    builder.replace(step, with: b.isFresh ? b.text : [], join: open)
                } else if b.isKept {
                    builder.replace(a.isFresh ? a.length : 0, with: a.text(first: step), join: open)
                } else {
                    builder.replace(a.isFresh ? a.length : 0, with: b.isFresh ? b.text : [], join: open)
                }
                let goesOn = a.inserted > step || (b.isChange && b.length > step)
                open = goesOn && (open || builder.sections.count > before)
                a.forwardInNew(step)
                b.forward(step)
            }
        }
        return ChangeSet(builder)
    }

    /// This change set, rewritten so that it applies after `other`, which starts in the same document.
    ///
    /// Where both insert at one place, `other`'s text comes first, or this one's when `before` is true. For any a and b
    /// of one document `a.compose(b.map(over: a))` and `b.compose(a.map(over: b, before: true))` give the same text.
    /// Throws `lengthMismatch` when they aren't for documents of one length.
    public func map(over other: ChangeSet, before: Bool = false) throws(ChangeSetError) -> ChangeSet {
        guard length == other.length else { throw .lengthMismatch(expected: length, actual: other.length) }
        if other.isEmpty { return self }
        var builder = ChangeBuilder()
        var a = SectionWalk(self)
        var b = SectionWalk(other)
        // The last section of this set whose text is already written, while its deletion goes on piece by piece.
        var written = -1
        while true {
            if a.isDone && b.isDone { return ChangeSet(builder) }
            if (a.isDone && b.length > 0) || (b.isDone && a.length > 0) {
                throw .lengthMismatch(expected: length, actual: other.length)
            }
            if a.isKept && b.isKept {
                let step = min(a.length, b.length)
                builder.keep(step)
                a.forward(step)
                b.forward(step)
            } else if b.isChange && (!a.isChange || written == a.index || b.goesBefore(a, unless: before)) {
                // The other's change starts first: step over what it put there, and over what it covers of ours.
                var left = b.length
                builder.keep(b.inserted)
                while left > 0 && !a.isDone {
                    let step = min(a.length, left)
                    if a.isChange && written < a.index && a.length <= step {
                        builder.replace(0, with: a.text)
                        written = a.index
                    }
                    a.forward(step)
                    left -= step
                }
                b.next()
            } else if a.isChange {
                // Ours starts first: take it up to the start of the other's next change that inserts something.
                var taken = 0
                var left = a.length
                while left > 0 {
                    if b.isKept {
                        let step = min(left, b.length)
                        taken += step
                        left -= step
                        b.forward(step)
                    } else if b.inserted == 0 && b.length < left {
                        left -= b.length
                        b.next()
                    } else {
                        break
                    }
                }
                builder.replace(taken, with: written < a.index ? a.text : [])
                written = a.index
                a.forward(a.length - left)
            } else {
                throw .lengthMismatch(expected: length, actual: other.length)
            }
        }
    }

    /// The change set that leads back to `text`, the document as it was before this change set.
    ///
    /// Throws `lengthMismatch` when the text isn't `length` units long.
    public func invert(in text: DocumentText) throws(ChangeSetError) -> ChangeSet {
        guard text.utf16Length == length else { throw .lengthMismatch(expected: length, actual: text.utf16Length) }
        var builder = ChangeBuilder()
        var position = 0
        for section in sections {
            if section.isKept {
                builder.keep(section.length)
            } else {
                builder.replace(section.inserted, with: text.units(in: position..<(position + section.length))[...])
            }
            position += section.length
        }
        return ChangeSet(builder)
    }
}

/// Walks the sections of a change set in pieces.
private struct SectionWalk {
    private static let done = -2

    private let changes: ChangeSet
    private var textStart = 0
    private var textEnd = 0
    private var offset = 0

    /// The number of the section it is in, counted from 1.
    private(set) var index = 0
    /// What is left of the section in the old document, in UTF-16 units.
    private(set) var length = 0
    /// What the section inserts; when walking in the new document, what is left of that.
    private(set) var inserted = 0

    init(_ changes: ChangeSet) {
        self.changes = changes
        next()
    }

    var isDone: Bool { inserted == Self.done }
    var isKept: Bool { inserted == ChangeSet.Section.kept }
    var isChange: Bool { inserted >= 0 }
    var isFresh: Bool { offset == 0 }
    var newLength: Int { isKept ? length : inserted }
    var text: ArraySlice<UInt16> { changes.units[textStart..<textEnd] }

    func text(first count: Int) -> ArraySlice<UInt16> {
        changes.units[(textStart + offset)..<(textStart + offset + count)]
    }

    /// Whether this change of the other set is to be passed before the one `a` stands at, both starting at one place:
    /// the shorter deletion goes first, and of equal ones the other's.
    func goesBefore(_ a: SectionWalk, unless before: Bool) -> Bool {
        a.isFresh && (length < a.length || (length == a.length && !before))
    }

    mutating func next() {
        offset = 0
        textStart = textEnd
        guard index < changes.sections.count else {
            length = 0
            inserted = Self.done
            return
        }
        length = changes.sections[index].length
        inserted = changes.sections[index].inserted
        textEnd += max(0, inserted)
        index += 1
    }

    /// Moves by units of the old document.
    mutating func forward(_ count: Int) {
        if count == length {
            next()
        } else {
            length -= count
            offset += count
        }
    }

    /// Moves by units of the new document.
    mutating func forwardInNew(_ count: Int) {
        if isKept {
            forward(count)
        } else if count == inserted {
            next()
        } else {
            inserted -= count
            offset += count
        }
    }
}
