/// How much of an address attribute is known from the template: which part of the address comes next, and whether its
/// scheme is still open and must be checked when the page is rendered.
struct Address: Sendable, Equatable {
    enum Part: Sendable, Equatable {
        /// Only values, or nothing, came before: the next value may be a whole address.
        case start
        /// Literal text of the path came before.
        case path
        /// After a "?" or "#".
        case query
        /// Two ways through an `if` ended in different parts.
        case unclear
    }

    private(set) var part = Part.start
    /// The literal start of the address, up to where the scheme is decided.
    private var prefix: [UInt8] = []
    private var hasValue = false
    /// The literal start shows that the address can't have a scheme that the page's values choose.
    private var isDecided = false
    private var fault: ContextProblem?
    /// Literal bytes since the quote; counts only until `isChecked`.
    private(set) var length = 0
    /// The compiler has emitted `addressStart`, and will emit `addressEnd` at the closing quote.
    var isChecked = false

    /// Whether what follows could give the address its scheme.
    var needsCheck: Bool { !isDecided && !isChecked }

    mutating func feed(_ byte: UInt8) {
        length += 1
        switch byte {
        case UInt8(ascii: "?"), UInt8(ascii: "#"): part = .query
        default: if part == .start { part = .path }
        }
        guard !isDecided, !hasValue, fault == nil else { return }
        prefix.append(byte)
        decide()
    }

    private mutating func decide() {
        switch prefix[0] {
        case 0...0x20: fault = ContextProblem("An address can't begin with a space.")
        case UInt8(ascii: "/"):
            guard prefix.count > 1 else { return }
            if prefix[1] == UInt8(ascii: "/") || prefix[1] == UInt8(ascii: "\\") {
                fault = ContextProblem(
                    "An address that starts with \"//\" leaves this site.",
                    hint: "Write the scheme."
                )
            }
            isDecided = true
        default:
            switch prefix[prefix.count - 1] {
            case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"): isDecided = true
            case UInt8(ascii: ":"):
                isDecided = true
                if !isAllowedScheme(prefix.dropLast()) {
                    let scheme = String(decoding: prefix.dropLast(), as: UTF8.self)
                    fault = ContextProblem(
                        "A value can't be part of a \"\(scheme):\" address.",
                        hint: "Only http, https, mailto and relative addresses take values."
                    )
                }
            default: break
            }
        }
    }

    /// The part that a value would stand in now.
    func partForValue() throws(ContextProblem) -> Part {
        if let fault { throw fault }
        if part == .unclear {
            throw ContextProblem(
                "It depends on the \"if\" before whether this value stands in the path or the query.",
                hint: "Put the whole address into each branch."
            )
        }
        return part
    }

    mutating func takeValue() {
        hasValue = true
    }

    mutating func merge(_ other: Address) {
        if part != other.part { part = .unclear }
        isDecided = isDecided && other.isDecided
        hasValue = true
        isChecked = isChecked || other.isChecked
        fault = fault ?? other.fault
    }
}
