/// What a page is answered.
struct Reply: Encodable {
    enum State: String, Encodable {
        /// The server has answered.
        case ready
        /// It is not there yet.
        case starting
        /// There is no workspace, and none was started for this.
        case absent
        /// There is none for this file, or none any more.
        case none
        /// The text has another version than the page knows.
        case stale
        /// It took too long.
        case late
        /// The same person has asked anew.
        case superseded
        /// It refuses to answer, or has ended meanwhile.
        case failed
    }

    struct Completion: Encodable {
        let list: [Suggestion]
        let isIncomplete: Bool
    }

    struct Place: Encodable {
        /// Of a file of the project.
        var path: String?
        /// Of a file that is none of the project's.
        var outside: String?
        /// From 1.
        let line: Int
        /// From 0.
        let column: Int
        /// To the end of what is meant, within the line.
        let length: Int
        /// The line's text.
        var text: String?
    }

    struct Renamed: Encodable {
        let places: Int
        let files: Int
        /// Where it is taken back, below the base path; nil when nothing was changed.
        let reversal: String?
    }

    struct Problems: Encodable {
        let path: String
        let list: [FoundProblem]
    }

    /// What the server can be asked, where the page needs to know that.
    struct Abilities: Encodable {
        let completionTriggers: [String]
        let signatureTriggers: [String]
        let resolvesCompletions: Bool
    }

    let state: State
    /// For people; nil when there is nothing to say.
    var words: String?
    /// The live channel where more is told.
    var channel: String?
    var abilities: Abilities?
    var completion: Completion?
    var info: String?
    var hover: String?
    var signature: SignatureHelp?
    var places: [Place]?
    var renamed: Renamed?
    /// How many texts of the language the server was not shown, so that a name may be in them, too.
    var unseen = 0
    /// All that the server thinks of the project's files.
    var problems: [Problems]?

    init(_ state: State, words: String? = nil) {
        self.state = state
        self.words = words
    }
}
