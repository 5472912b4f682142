/// Replacing several places of a text at once, and finding them again after others' edits.
extension ChangeSet {
    /// A stretch of a text, in UTF-16 units, and what is to stand there.
    public struct Place: Sendable, Equatable {
        /// The stretch; empty to insert.
        public var range: Range<Int>
        /// The text in its place.
        public var text: String

        /// A stretch and the text that is to replace it.
        public init(_ range: Range<Int>, _ text: String) {
            self.range = range
            self.text = text
        }
    }

    /// Replaces some places of a document of `length` units, which are in order and don't overlap.
    ///
    /// Throws `invalidRange` when they do, or are not inside the document, and `tooLong`.
    public init(replacing places: [Place], in length: Int) throws(ChangeSetError) {
        var builder = ChangeBuilder()
        var end = 0
        for place in places {
            guard place.range.lowerBound >= end, place.range.upperBound <= length else { throw .invalidRange }
            builder.keep(place.range.lowerBound - end)
            builder.replace(place.range.count, with: DocumentText.normalisedUnits(of: place.text)[...])
            end = place.range.upperBound
        }
        guard length >= end, length <= Self.maximumLength else { throw .invalidRange }
        builder.keep(length - end)
        guard builder.newLength <= Self.maximumLength else { throw .tooLong }
        self.init(builder)
    }

    /// Where places of the text before this change set are in the text after it, without those that it touched: of which
    /// it deleted or replaced something, or into which it inserted. The places are in order.
    func moved(_ places: [Place]) -> [Place] {
        var moved: [Place] = []
        var next = places[...]
        var (before, after) = (0, 0)
        for section in sections {
            let end = before + section.length
            if section.isKept {
                while let place = next.first, place.range.upperBound <= end {
                    next = next.dropFirst()
                    guard place.range.lowerBound >= before else { continue }
                    let offset = after - before
                    let range = (place.range.lowerBound + offset)..<(place.range.upperBound + offset)
                    moved.append(Place(range, place.text))
                }
            } else {
                while let place = next.first, place.range.upperBound <= end { next = next.dropFirst() }
            }
            before = end
            after += section.isKept ? section.length : section.inserted
        }
        return moved
    }
}
