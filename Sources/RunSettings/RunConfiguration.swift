import Projects
import RunProtocol
import SiteKit
import Web

/// What a project's owner decided about how its programs are started. All of it is optional.
struct RunConfiguration: Sendable {
    /// The file that Run starts; nil for the one that is open.
    var main: ProjectFile.ID?
    /// What is started instead of the language's commands; empty for those.
    var command: [String] = []
    /// What the program gets.
    var arguments: [String] = []
    /// What every program of the project finds in its environment.
    var variables: [RunVariable] = []
}

/// The fields of the form as they were typed.
struct RunConfigurationForm: Sendable {
    var main = ""
    var command = ""
    var arguments = ""
    var variables = ""

    init(_ form: Form) {
        main = form.trimmed("main")
        command = LineBreaks.unified(form["command"] ?? "")
        arguments = LineBreaks.unified(form["arguments"] ?? "")
        variables = LineBreaks.unified(form["variables"] ?? "")
    }

    /// The form as it shows what is stored.
    init(_ configuration: RunConfiguration) {
        main = configuration.main.map(\.description) ?? ""
        command = ShellWords.joined(configuration.command)
        arguments = ShellWords.joined(configuration.arguments)
        variables = configuration.variables.map { "\($0.name)=\($0.value)" }.joined(separator: "\n")
    }

    /// What it says, with one of these files as the main file. Throws `Problem` with what is wrong at which field.
    func configuration(files: [ProjectFile]) throws -> RunConfiguration {
        var configuration = RunConfiguration()
        var faults: [String: String] = [:]
        func collect(_ read: () throws -> Void) throws {
            do {
                try read()
            } catch let problem as Problem {
                faults.merge(problem.fields) { first, _ in first }
            }
        }
        try collect { configuration.main = try checkedMain(among: files) }
        try collect { configuration.command = try Self.checked(command: command) }
        try collect { configuration.arguments = try Self.words(of: arguments, field: "arguments") }
        try collect { configuration.variables = try Self.checked(variables: variables) }
        guard faults.isEmpty else {
            throw Problem(.unprocessable, "The run settings are not saved yet.", fields: faults)
        }
        return configuration
    }

    private func checkedMain(among files: [ProjectFile]) throws -> ProjectFile.ID? {
        guard !main.isEmpty else { return nil }
        guard let file = files.first(where: { $0.id.description == main }) else {
            throw Problem.invalid("main", "This file is no longer in the project. Choose another.")
        }
        return file.id
    }

    private static func checked(command: String) throws -> [String] {
        let words = try words(of: command, field: "command")
        guard let first = words.first else { return [] }
        guard !first.isEmpty else { throw Problem.invalid("command", "The command begins with an empty word.") }
        guard !first.utf8.contains(UInt8(ascii: "=")) else {
            throw Problem.invalid(
                "command",
                "A command begins with a program. “\(first.prefix(60))” sets a variable: put it among those below."
            )
        }
        return words
    }

    private static func words(of line: String, field: String) throws -> [String] {
        guard line.utf8.count <= RunSettingsLimits.line else {
            throw Problem.invalid(field, "This is longer than \(RunSettingsLimits.line / 1_024) KB.")
        }
        let words: [String]
        do throws(ShellWords.Fault) {
            words = try ShellWords.split(line)
        } catch {
            switch error {
            case .openQuote(let quote):
                throw Problem.invalid(
                    field,
                    "A quote (\(quote)) is opened and not closed. Close it, or put \\ before it."
                )
            case .lastBackslash:
                throw Problem.invalid(field, "The last \\ has nothing after it. Write \\\\ for a backslash.")
            }
        }
        guard words.count <= RunRequest.maximumArguments else {
            throw Problem.invalid(field, "These are \(words.count) words; \(RunRequest.maximumArguments) are the most.")
        }
        guard words.allSatisfy({ $0.utf8.count <= RunRequest.maximumArgument }) else {
            throw Problem.invalid(field, "A word is longer than \(RunRequest.maximumArgument / 1_024) KB.")
        }
        return words
    }

    /// One `NAME=value` a line; lines with nothing in them don't count.
    private static func checked(variables text: String) throws -> [RunVariable] {
        var variables: [RunVariable] = []
        var names: Set<String> = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where line.contains(where: { !$0.isWhitespace }) {
            func fault(_ words: String) -> Problem { .invalid("variables", "Line \(index + 1): \(words)") }
            let bytes = line.utf8
            guard let sign = bytes.firstIndex(of: UInt8(ascii: "=")) else {
                throw fault("there is no = in it. Write NAME=value.")
            }
            let name = String(line[..<sign]).trimmingWhitespace()
            do throws(RunVariable.Fault) {
                let variable = try RunVariable(name: name, value: String(line[bytes.index(after: sign)...]))
                variables.append(variable)
            } catch {
                throw fault(error.words(for: name))
            }
            guard names.insert(name).inserted else { throw fault("\(name) is set twice.") }
            guard variables.count <= RunVariable.maximumCount else {
                throw fault("\(RunVariable.maximumCount) variables are the most.")
            }
        }
        return variables
    }
}

extension RunVariable.Fault {
    /// What is wrong, without the value.
    func words(for name: String) -> String {
        switch self {
        case .name:
            name.isEmpty
                ? "give the variable a name."
                : "a name has the letters A to Z, a to z, digits and _, does not begin with a digit, and is at most "
                    + "\(RunVariable.maximumName) long."
        case .setByRunner: "\(name) is set for every program and can't be changed."
        case .reserved: "names that begin with \(RunVariable.reservedPrefix) are kept for the site's own use."
        case .tooLong: "the value is longer than \(RunVariable.maximumValue / 1_024) KB."
        case .nul: "a value can't have a NUL in it."
        }
    }
}

/// What run settings may be, where the runner does not say it (`RunRequest`, `RunVariable`).
enum RunSettingsLimits {
    /// Bytes of a command or of arguments as they are typed.
    static let line = 8 * 1_024
}
