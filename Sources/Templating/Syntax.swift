/// A template file as parsed: what it says, not yet whether its names exist.
struct Template: Sendable {
    let source: Source
    /// The layout it extends; then `nodes` holds only its blocks.
    var layout: (name: String, offset: Int)?
    var nodes: [Node]
    /// Where each block of this file stands, nested ones included.
    var blocks: [String: Int]
}

/// One part of a template. Offsets are bytes from the start of the file and serve error messages.
indirect enum Node: Sendable {
    case literal(Range<Int>)
    case output(Value, filter: Filter?)
    case conditional([Branch], otherwise: [Node])
    case loop(variable: String, list: Value, body: [Node], otherwise: [Node], offset: Int)
    /// `isInline` drops the partial's last line end, so that `<b>{% include "x" %}</b>` stays on one line.
    case include(String, arguments: [Argument], isInline: Bool, offset: Int)
    case block(String, body: [Node], offset: Int)

    struct Branch: Sendable {
        var condition: Condition
        var body: [Node]
        var offset: Int
    }

    struct Argument: Sendable {
        var name: String
        var value: Condition
        var offset: Int
    }

    struct Filter: Sendable {
        var name: String
        var arguments: [String]
        var offset: Int
    }
}

/// A literal or a dotted name.
struct Value: Sendable {
    enum Kind: Sendable {
        case text(String)
        case int(Int)
        case bool(Bool)
        case path([String])
    }

    var kind: Kind
    var offset: Int
}

/// What an `if` asks, and what an argument of an `include` may be.
indirect enum Condition: Sendable {
    case value(Value)
    case not(Condition)
    case all([Condition])
    case any([Condition])
    case equal(Value, Value, offset: Int)
}
