/// What a line looks like that gives something its name, by the extension of the file: a keyword and then the name in most
/// languages. Not a parser: it is to find what people look for, in a text that need not be whole.
struct SymbolRules: Sendable {
    /// What a name stands for, as editors draw it.
    enum Kind: String, Sendable {
        case function, `class`, type, namespace, constant
    }

    /// Names that no keyword comes before.
    enum Shape: Sendable {
        /// `type name(…)` that isn't ended by a semicolon.
        case definition
        /// `name() {`
        case shell
        /// `name <- function(`
        case assignment
        /// `name :: `, at the line's start.
        case signature
        /// `name:`, at the line's start.
        case label
        /// `name(` or `name :-`, at the line's start.
        case clause
    }

    /// What the word before a name says of it.
    var keywords: [String: Kind] = [:]
    /// Words that may come before a keyword, or between it and the name.
    var modifiers: Set<String> = []
    var shape: Shape?
    var ignoresCase = false

    /// Those of files with this extension; nil for files in which nothing has a name.
    static func of(_ fileExtension: String) -> SymbolRules? { byExtension[fileExtension] }

    private static let byExtension: [String: SymbolRules] = {
        var all: [String: SymbolRules] = [:]
        for (extensions, rules) in table {
            for name in extensions.split(separator: " ") { all[String(name)] = rules }
        }
        return all
    }()

    private init(
        functions: String = "",
        classes: String = "",
        types: String = "",
        namespaces: String = "",
        constants: String = "",
        after modifiers: String = "",
        shape: Shape? = nil,
        ignoresCase: Bool = false
    ) {
        let kinds: [(String, Kind)] = [
            (functions, .function), (classes, .class), (types, .type), (namespaces, .namespace),
            (constants, .constant),
        ]
        for (words, kind) in kinds {
            for word in words.split(separator: " ") { keywords[String(word)] = kind }
        }
        self.modifiers = Set(modifiers.split(separator: " ").map(String.init))
        self.shape = shape
        self.ignoresCase = ignoresCase
    }

    private static let visibility = "public private protected internal static final abstract override"

    private static let table: [(String, SymbolRules)] = [
        ("py", .init(functions: "def", classes: "class", after: "async")),
        (
            "js mjs cjs ts",
            .init(
                functions: "function",
                classes: "class",
                types: "interface type enum",
                namespaces: "namespace",
                constants: "const",
                after: "export default async declare abstract"
            )
        ),
        ("go", .init(functions: "func", types: "type", constants: "const")),
        (
            "rs",
            .init(
                functions: "fn macro_rules",
                types: "struct enum trait union type",
                namespaces: "mod",
                constants: "const static",
                after: "pub unsafe async extern default"
            )
        ),
        (
            "c h cpp cc cxx hpp hh",
            .init(
                functions: "define",
                classes: "class",
                types: "struct enum union",
                namespaces: "namespace",
                after: "typedef static template inline",
                shape: .definition
            )
        ),
        (
            "java cs kt",
            .init(
                functions: "fun",
                classes: "class object",
                types: "interface enum record struct",
                namespaces: "namespace package",
                after: visibility + " open data sealed partial inline suspend operator",
                shape: .definition
            )
        ),
        (
            "swift",
            .init(
                functions: "func",
                classes: "class actor",
                types: "struct enum protocol typealias extension",
                after: visibility + " open fileprivate mutating nonisolated indirect"
            )
        ),
        ("rb", .init(functions: "def", classes: "class", namespaces: "module")),
        (
            "php",
            .init(
                functions: "function",
                classes: "class",
                types: "interface trait enum",
                namespaces: "namespace",
                constants: "const",
                after: visibility + " readonly"
            )
        ),
        ("pl pm t", .init(functions: "sub", namespaces: "package")),
        ("lua", .init(functions: "function", after: "local")),
        ("sh bash", .init(functions: "function", shape: .shell)),
        ("hs", .init(classes: "class", types: "data newtype type", namespaces: "module", shape: .signature)),
        ("ml mli", .init(functions: "let", types: "type", namespaces: "module", after: "rec type")),
        ("exs ex", .init(functions: "def defp defmacro", namespaces: "defmodule")),
        ("r", .init(shape: .assignment)),
        ("m", .init(functions: "function")),
        (
            "pas pp",
            .init(functions: "procedure function", namespaces: "program unit", after: "class", ignoresCase: true)
        ),
        (
            "f90 f95 f03 f08 f18",
            .init(
                functions: "subroutine function",
                types: "type",
                namespaces: "module program",
                after: "pure elemental recursive impure integer real logical character",
                ignoresCase: true
            )
        ),
        (
            "sql",
            .init(
                types: "table view index trigger",
                after: "create or replace temp temporary unique if not exists",
                ignoresCase: true
            )
        ),
        (
            "lisp lsp cl",
            .init(
                functions: "defun defmacro defgeneric defmethod",
                types: "defclass defstruct",
                constants: "defvar defparameter defconstant",
                ignoresCase: true
            )
        ),
        ("pro prolog", .init(shape: .clause)),
        ("asm nasm", .init(shape: .label)),
    ]
}
