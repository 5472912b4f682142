/// What an address of the API does, in the words of its reference. `Routes` carries it; the reference is made of it.
public struct Operation: Sendable {
    /// A kind of JSON value (a part of JSON Schema, draft 2020-12).
    public indirect enum Shape: Sendable {
        case text
        case whole
        case flag
        /// One of these texts.
        case choice([String])
        /// This, or null.
        case optional(Shape)
        case list(Shape)
        case record([Field])
    }

    /// A member of a record.
    public struct Field: Sendable {
        /// Its name.
        public let name: String
        /// What it holds.
        public let shape: Shape
        /// Whether it may be left out.
        public let isRequired: Bool
        /// What it means, with its unit and its default.
        public let words: String

        /// A member that may not be left out.
        public static func required(_ name: String, _ shape: Shape, _ words: String) -> Field {
            Field(name: name, shape: shape, isRequired: true, words: words)
        }

        /// A member that may be left out.
        public static func optional(_ name: String, _ shape: Shape, _ words: String) -> Field {
            Field(name: name, shape: shape, isRequired: false, words: words)
        }
    }

    /// What it does, in a few words.
    public let summary: String
    /// What else there is to know.
    public let details: String
    /// The JSON that is sent; nil when there is none.
    public let request: Shape?
    /// The JSON of a good answer.
    public let response: Shape
    /// What other statuses mean.
    public let faults: [Int: String]

    /// Describes an address.
    public init(
        _ summary: String,
        details: String = "",
        request: Shape? = nil,
        response: Shape,
        faults: [Int: String] = [:]
    ) {
        self.summary = summary
        self.details = details
        self.request = request
        self.response = response
        self.faults = faults
    }
}
