public import ExecuteAPI
import FoundationEssentials
public import Quotas

/// What an operator decides, read from the environment in one place. See the table in the README.
public struct Configuration: Sendable {
    /// Where the site is mounted: empty, or `/carrel` without a slash at its end.
    public var basePath: String
    /// The port that nginx listens on; tells apart the cookies of two instances on one host.
    public var port: Int
    /// The Unix socket that nginx sends requests to.
    public var fastCGISocket: String
    /// The Unix socket that nginx sends event streams to.
    public var hubSocket: String
    /// The Unix socket of the helper.
    public var runnerSocket: String
    /// The Unix socket of MariaDB; the system user signs in by its name, without a password.
    public var databaseSocket: String
    /// The database's name.
    public var database: String
    /// Folders of the templates and of the languages.
    public var templates: String
    /// The folder of the language catalogue.
    public var languages: String
    /// The folder where scripts tell how far the images of languages are; nil for none.
    public var imageBuilds: String?
    /// Changes whenever a static file changes.
    public var assetVersion: String
    /// 32 bytes that everything signed is signed with.
    public var secret: [UInt8]
    /// How many requests are answered at one time.
    public var threads: Int
    /// Reads templates again when they change.
    public var isDevelopment: Bool
    /// What the site calls itself.
    public var siteName: String
    /// What a person and a project may have.
    public var projectLimits = ProjectLimits()
    /// What the execute API gives.
    public var execute = ExecuteLimits()

    /// Why the environment can't be used, with the fix.
    public struct Fault: Error, CustomStringConvertible {
        /// What is wrong with which variable, and the fix.
        public let description: String
    }

    /// Throws `Fault`.
    public init(environment: [String: String]) throws {
        func required(_ name: String) throws -> String {
            guard let value = environment[name], !value.isEmpty else {
                throw Fault(description: "\(name) is not set. Use scripts/carrel, which sets it from etc/site.env.")
            }
            return value
        }
        func number(_ name: String, default value: Int, in range: ClosedRange<Int>) throws -> Int {
            guard let text = environment[name], !text.isEmpty else { return value }
            guard let number = Int(text), range.contains(number) else {
                throw Fault(description: "\(name) must be a number from \(range.lowerBound) to \(range.upperBound).")
            }
            return number
        }
        basePath = try Self.basePath(environment["CARREL_BASE_PATH"] ?? "")
        port = try number("CARREL_PORT", default: 8080, in: 1...65_535)
        fastCGISocket = try required("CARREL_FASTCGI_SOCKET")
        hubSocket = try required("CARREL_HUB_SOCKET")
        runnerSocket = try required("CARREL_RUNNER_SOCKET")
        databaseSocket = try required("CARREL_DATABASE_SOCKET")
        database = environment["CARREL_DATABASE"] ?? "carrel"
        templates = try required("CARREL_TEMPLATES")
        languages = try required("CARREL_LANGUAGES")
        imageBuilds = environment["CARREL_IMAGE_BUILDS"].flatMap { $0.isEmpty ? nil : $0 }
        assetVersion = environment["CARREL_ASSET_VERSION"] ?? "0"
        secret = try Self.secret(inFile: try required("CARREL_SECRET_FILE"))
        threads = try number("CARREL_THREADS", default: 64, in: 1...1_024)
        isDevelopment = environment["CARREL_DEVELOPMENT"] == "1"
        siteName = environment["CARREL_SITE_NAME"] ?? "Carrel"
        projectLimits = ProjectLimits(
            projects: try number("CARREL_PROJECTS", default: projectLimits.projects, in: 1...100_000),
            files: try number("CARREL_PROJECT_FILES", default: projectLimits.files, in: 1...projectLimits.files),
            blobSize: try number("CARREL_FILE_MB", default: projectLimits.blobSize >> 20, in: 1...16) << 20,
            blobsSize: try number("CARREL_PROJECT_MB", default: projectLimits.blobsSize >> 20, in: 1...4_096) << 20,
            size: try number("CARREL_PROJECT_SIZE_MB", default: projectLimits.size >> 20, in: 1...16_384) << 20,
            textLength: try number("CARREL_TEXT_MB", default: projectLimits.textLength >> 20, in: 1...5) << 20
        )
        let defaults = ExecuteLimits()
        execute.isOpen = environment["CARREL_EXECUTE_OPEN"] == "yes"
        // Half of the threads stay for pages.
        execute.jobs = try number(
            "CARREL_EXECUTE_JOBS",
            default: min(defaults.jobs, max(1, threads / 2)),
            in: 1...1_024
        )
        execute.jobsOfOnePerson = try number(
            "CARREL_EXECUTE_JOBS_EACH",
            default: defaults.jobsOfOnePerson,
            in: 1...1_024
        )
        execute.jobsPerSecond = try number("CARREL_EXECUTE_RATE", default: defaults.jobsPerSecond, in: 1...10_000)
        execute.runMilliseconds = try number(
            "CARREL_EXECUTE_RUN_MS",
            default: defaults.runMilliseconds,
            in: 1...600_000
        )
        execute.compileMilliseconds = try number(
            "CARREL_EXECUTE_COMPILE_MS",
            default: defaults.compileMilliseconds,
            in: 1...600_000
        )
        execute.outputBytes = try number("CARREL_EXECUTE_OUTPUT", default: defaults.outputBytes, in: 1...4_194_304)
    }

    /// The base path without a slash at its end. Throws `Fault` when browsers or nginx would read it otherwise.
    static func basePath(_ text: String) throws -> String {
        var path = text[...]
        while path.hasSuffix("/") { path = path.dropLast() }
        guard !path.isEmpty else { return "" }
        let allowed = path.utf8.allSatisfy {
            ($0 >= 48 && $0 <= 57) || ($0 >= 65 && $0 <= 90) || ($0 >= 97 && $0 <= 122) || $0 == 45 || $0 == 95
                || $0 == 47
        }
        guard path.hasPrefix("/"), allowed, !path.contains("//") else {
            throw Fault(
                description: "CARREL_BASE_PATH must look like /carrel: letters, digits, - and _ between slashes."
            )
        }
        return String(path)
    }

    private static func secret(inFile path: String) throws -> [UInt8] {
        guard let data = try? Data(contentsOf: URL(filePath: path)) else {
            throw Fault(description: "The secret in \(path) can't be read. scripts/start makes it.")
        }
        let digits = data.compactMap { UInt8(hexDigit: $0) }
        guard digits.count == 64 else {
            throw Fault(description: "The secret in \(path) must be 64 hexadecimal digits. Remove it and start again.")
        }
        return stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    /// Tells this instance's cookies from a neighbour's on the same host.
    var cookieInstance: String {
        (basePath.split(separator: "/").map(String.init) + [String(port)]).joined(separator: "-")
    }
}

extension UInt8 {
    fileprivate init?(hexDigit character: UInt8) {
        switch character {
        case 48...57: self = character - 48
        case 65...70: self = character - 55
        case 97...102: self = character - 87
        default: return nil
        }
    }
}
