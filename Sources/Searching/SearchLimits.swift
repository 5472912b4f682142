/// What one search may cost. What is more comes in further slices, or is cut and said to be.
public struct SearchLimits: Sendable {
    /// Characters of what is looked for, of what is put in its place, and of each list of paths.
    public var query = 1_000
    /// Patterns in a list of paths.
    public var pathPatterns = 20
    /// Matches of one slice. As many changes are previewed at once.
    public var matches = 500
    /// Files of one slice that have the text in their names.
    public var names = 50
    /// How long one slice looks through texts.
    public var time = Duration.seconds(2)
    /// How long an expression is looked for in one text.
    public var timePerText = Duration.seconds(1)
    /// The longest line, in bytes, in which an expression is looked for. Its time can't be cut within a line.
    public var line = 65_536
    /// UTF-16 units of texts that are in memory at once, or one text if that is longer.
    public var batch = 4_194_304
    /// Characters before and after a match that are shown with it, and of the match itself.
    public var excerpt = 120
    /// Searches of one person at once.
    public var searches = 2

    /// The stated defaults.
    public init() {}
}
