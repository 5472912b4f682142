import Crypto
import FoundationEssentials
import Languages
import RunProtocol
import Web

/// What somebody wants to have run, checked. The shape and the words of refusals are Piston's (API v2).
struct JobRequest {
    /// What one stage may use.
    struct Stage {
        var wall: Duration
        var cpu: Duration
        /// Nil for as much as there is.
        var memory: ByteCount?
    }

    let runtime: Runtime
    /// The one to start first.
    let files: [(path: ProjectPath, bytes: [UInt8])]
    let input: [UInt8]
    let arguments: [String]
    let run: Stage
    let compile: Stage

    /// Throws `Problem` (400) in Piston's words.
    init(_ json: JSONValue, runtimes: Runtimes, limits: ExecuteLimits) throws {
        guard let language = json["language"]?.text, !language.isEmpty else {
            throw Problem.badRequest("language is required as a string")
        }
        guard let version = json["version"]?.text, !version.isEmpty else {
            throw Problem.badRequest("version is required as a string")
        }
        guard let entries = json["files"]?.elements else { throw Problem.badRequest("files is required as an array") }
        for (index, entry) in entries.enumerated() where entry["content"]?.text == nil {
            throw Problem.badRequest("files[\(index)].content is required as a string")
        }
        guard let runtime = try runtimes.find(language, version) else {
            throw Problem.badRequest("\(language)-\(version) runtime is unknown")
        }
        guard entries.contains(where: { ($0["encoding"] ?? "utf8") == "utf8" }) else {
            throw Problem.badRequest("files must include at least one utf8 encoded file")
        }
        self.runtime = runtime
        files = try Self.files(entries, language: runtime.language)
        input = try Self.input(json["stdin"])
        arguments = try Self.arguments(json["args"])
        run = try Self.stage("run", json, milliseconds: limits.runMilliseconds)
        compile = try Self.stage("compile", json, milliseconds: limits.compileMilliseconds)
    }

    /// Files as they are, with all that a job may use. The first is started.
    init(runtime: Runtime, files: [(path: ProjectPath, bytes: [UInt8])], input: String, limits: ExecuteLimits) throws {
        self.runtime = runtime
        self.files = files
        self.input = try Self.input(.string(input))
        arguments = []
        run = try Self.stage("run", [:], milliseconds: limits.runMilliseconds)
        compile = try Self.stage("compile", [:], milliseconds: limits.compileMilliseconds)
    }

    private static func files(
        _ entries: [JSONValue],
        language: Language
    ) throws -> [(path: ProjectPath, bytes: [UInt8])] {
        guard entries.count <= RunRequest.maximumFiles else {
            throw Problem.badRequest("files must not be more than \(RunRequest.maximumFiles)")
        }
        var files: [(path: ProjectPath, bytes: [UInt8])] = []
        var places: [ProjectPath: Int] = [:]
        for (index, entry) in entries.enumerated() {
            var name = entry["name"]?.text ?? "file\(index).code"
            // Compilers tell by it what they are given.
            if index == 0, language.compile != nil { name = named(name, for: language) }
            guard let path = ProjectPath(name.hasPrefix("./") ? String(name.dropFirst(2)) : name) else {
                throw Problem.badRequest("files[\(index)].name is not a path inside the job")
            }
            let bytes = try content(entry, index)
            guard bytes.count <= RunRequest.maximumFile.bytes else {
                throw Problem.badRequest("files[\(index)].content is too large")
            }
            if let earlier = places[path] {
                files[earlier].bytes = bytes
            } else {
                places[path] = files.count
                files.append((path, bytes))
            }
        }
        return files
    }

    private static func named(_ name: String, for language: Language) -> String {
        let usual = language.extensions.first ?? ""
        return name.lowercased().hasSuffix(".\(usual)") ? name : "\(name).\(usual)"
    }

    private static func content(_ entry: JSONValue, _ index: Int) throws -> [UInt8] {
        let text = entry["content"]?.text ?? ""
        switch entry["encoding"] ?? "utf8" {
        case "utf8": return Array(text.utf8)
        case "base64":
            guard let data = Data(base64Encoded: text, options: .ignoreUnknownCharacters) else { break }
            return Array(data)
        case "hex":
            guard let bytes = Hexadecimal.decode(text) else { break }
            return bytes
        default: throw Problem.badRequest("files[\(index)].encoding must be utf8, base64 or hex")
        }
        throw Problem.badRequest("files[\(index)].content is not what its encoding says")
    }

    /// A line break is added where one is missing: programs that read lines wait for it.
    private static func input(_ value: JSONValue?) throws -> [UInt8] {
        guard let value, value != .null else { return [] }
        guard let text = value.text else { throw Problem.badRequest("stdin must be a string") }
        guard text.utf8.count < RunInput.maximumText else { throw Problem.badRequest("stdin is too long") }
        let bytes = Array(text.utf8)
        return bytes.isEmpty || bytes.last == 10 ? bytes : bytes + [10]
    }

    private static func arguments(_ value: JSONValue?) throws -> [String] {
        guard let value, value != .null else { return [] }
        guard let elements = value.elements, elements.allSatisfy({ $0.text != nil }) else {
            throw Problem.badRequest("args must be an array of strings")
        }
        let texts = elements.compactMap(\.text)
        guard texts.count <= RunRequest.maximumArguments,
            texts.allSatisfy({ $0.utf8.count <= RunRequest.maximumArgument && !$0.utf8.contains(0) })
        else {
            throw Problem.badRequest("args must be at most 64 strings of at most 4096 bytes, without a NUL")
        }
        return texts
    }

    private static func stage(_ name: String, _ json: JSONValue, milliseconds: Int) throws -> Stage {
        let wall = try number("\(name)_timeout", json, limit: milliseconds)
        let cpu = try number("\(name)_cpu_time", json, limit: milliseconds)
        let memory = try number("\(name)_memory_limit", json, limit: nil)
        return Stage(
            wall: .milliseconds(wall ?? milliseconds),
            cpu: .milliseconds(cpu ?? milliseconds),
            memory: memory.map { ByteCount($0) }
        )
    }

    /// Nil for what is not there, and for -1, which asks for no limit of its own.
    private static func number(_ name: String, _ json: JSONValue, limit: Int?) throws -> Int? {
        guard let value = json[name], value != .null, value != 0 else { return nil }
        guard let number = value.number, let whole = Int(exactly: number.rounded(.towardZero)) else {
            throw Problem.badRequest("If specified, \(name) must be a number")
        }
        guard let limit else { return whole < 0 ? nil : whole }
        guard whole <= limit else {
            throw Problem.badRequest("\(name) cannot exceed the configured limit of \(limit)")
        }
        guard whole >= 0 else { throw Problem.badRequest("\(name) must be non-negative") }
        return whole
    }
}

/// Bytes as two digits each.
enum Hexadecimal {
    /// Nil for an odd number of digits, or for anything else than digits.
    static func decode(_ text: String) -> [UInt8]? {
        let digits = text.utf8.map { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: digits.count, by: 2).reduce(into: [] as [UInt8]?) { bytes, place in
            guard let high = digits[place], let low = digits[place + 1] else { return bytes = nil }
            bytes?.append(UInt8(high << 4 | low))
        }
    }
}
