public import Accounts
public import FoundationEssentials
public import Logging
public import MariaDB
public import Projects
import RunProtocol
public import SiteKit
import Sodium
import Web

/// How the programs of projects are started, and the secrets they get.
public struct RunSettings: Sendable {
    private let database: Database
    private let projects: Projects
    private let key: SealingKey
    private let now: Now
    private let log: Logger

    /// - Parameter secret: the 32 bytes of the site's secret; the key of secrets is derived from them.
    public init(database: Database, projects: Projects, secret: [UInt8], now: @escaping Now, log: Logger) {
        self.database = database
        self.projects = projects
        key = SealingKey(derivedFrom: secret, for: "secrets ")
        self.now = now
        self.log = log
    }

    /// What is set, without the values of secrets.
    struct Overview: Sendable {
        let configuration: RunConfiguration
        let secrets: [Secret]
    }

    /// What is set in a project, for its owner. Throws `Problem`.
    func overview(of project: Project.ID, for reader: Reader) throws -> Overview {
        try database.read { db in
            guard let configuration = try RunSettingsStore.configuration(of: project, for: .own(reader), in: db)
            else { throw try ProjectsStore.refusal(of: .own, in: project, to: reader.account.id, db) }
            return Overview(
                configuration: configuration,
                secrets: try RunSettingsStore.secrets(of: project, for: .own(reader), in: db)
            )
        }
    }

    // MARK: Changing

    /// Saves a form. Throws `Problem` with what is wrong at which field; then nothing is changed.
    func save(_ form: RunConfigurationForm, of project: Project.ID, for reader: Reader) throws {
        let files = try projects.projectAndFiles(project, for: reader, to: .own).files
        let configuration = try form.configuration(files: files)
        try projects.deciding(project, for: reader) { db in
            let secrets = try RunSettingsStore.sealed(of: project, for: .own(reader), in: db)
            if let both = configuration.variables.first(where: { variable in
                secrets.contains { $0.name == variable.name }
            }) {
                throw Problem.invalid("variables", "There is a secret \(both.name) already. Delete the secret first.")
            }
            try Self.refuseTooMuch(configuration.variables, secrets, field: "variables")
            try RunSettingsStore.save(configuration, of: project, at: now(), in: db)
        }
    }

    /// Stores a secret, or gives the one of that name a new value. Says which of both it was.
    ///
    /// Throws `Problem` with what is wrong at which field.
    func saveSecret(
        name: String,
        value: String,
        of project: Project.ID,
        for reader: Reader
    ) throws -> (name: String, isNew: Bool) {
        // Before the form is looked at: whose project it isn't must not learn what would be wrong with it.
        _ = try projects.project(project, for: reader, to: .own)
        let secret = try Secret.checked(name: name, value: value)
        let sealed = try key.seal(Array(secret.value.utf8), to: Secret.owner(project: project, name: secret.name))
        let isNew = try projects.deciding(project, for: reader) { db in
            let configuration = try RunSettingsStore.configuration(of: project, for: .own(reader), in: db)
            let variables = configuration?.variables ?? []
            guard !variables.contains(where: { $0.name == secret.name }) else {
                throw Problem.invalid(
                    "name",
                    "There is a variable \(secret.name) already. Take it away from there first."
                )
            }
            let secrets = try RunSettingsStore.sealed(of: project, for: .own(reader), in: db)
            let others = secrets.filter { $0.name != secret.name }
            try Self.refuseTooMuch(variables + [secret], others, field: "value")
            try RunSettingsStore.save(sealed, as: secret.name, of: project, at: now(), in: db)
            return others.count == secrets.count
        }
        return (secret.name, isNew)
    }

    /// Deletes a secret and says whose and which it was. Throws `Problem.notFound`.
    func deleteSecret(_ id: Secret.ID, for reader: Reader) throws -> (project: Project.ID, name: String) {
        let deleted = try database.write { db in
            let secret = try RunSettingsStore.secret(id, for: .own(reader), in: db)
            if secret != nil { try RunSettingsStore.delete(id, in: db) }
            return secret
        }
        guard let deleted else { throw Problem.notFound }
        return deleted
    }

    /// Stores what a new project begins with, in the transaction that makes it.
    public static func begin(_ project: Project.ID, _ start: ProjectStart, at now: Date, in db: Connection) throws {
        let configuration = RunConfiguration(main: start.main, arguments: start.arguments)
        try RunSettingsStore.save(configuration, of: project, at: now, in: db)
    }

    /// Stores for a copy of a project what its original has, in the transaction that makes it. Secrets stay where they
    /// are; so do variables, which only the owner sees, unless the copy is the owner's own.
    public static func copy(
        from original: Project.ID,
        to copy: Project.ID,
        withVariables: Bool,
        at now: Date,
        in db: Connection
    ) throws {
        try RunSettingsStore.copy(from: original, to: copy, withVariables: withVariables, at: now, in: db)
    }

    private static func refuseTooMuch(
        _ variables: [RunVariable],
        _ secrets: [RunSettingsStore.Sealed],
        field: String
    ) throws {
        let count = variables.count + secrets.count
        guard count <= RunVariable.maximumCount else {
            throw Problem.invalid(
                field,
                "With this there are \(count) variables and secrets; \(RunVariable.maximumCount) are the most."
            )
        }
        let size =
            variables.reduce(0) { $0 + $1.size }
            + secrets.reduce(0) { $0 + $1.name.utf8.count + $1.bytes.count - SealingKey.overhead }
        guard size <= RunVariable.maximumTotal else {
            throw Problem.invalid(
                field,
                "With this, variables and secrets are \((size + 1_023) / 1_024) KB together; "
                    + "\(RunVariable.maximumTotal / 1_024) KB are the most."
            )
        }
    }

    /// Whether the oldest and the newest secret of the site can be opened: not when its key is another one.
    public func areSecretsReadable() throws -> Bool {
        let ends = try database.read { db in try RunSettingsStore.ends(in: db) }
        return ends.allSatisfy {
            (try? key.open($0.bytes, of: Secret.owner(project: $0.project, name: $0.name))) != nil
        }
    }

    // MARK: Starting

    /// What a start is told, for those who may run the project. Throws `Problem`, which is one of ours when a secret
    /// can't be opened.
    public func setup(of project: Project.ID, for reader: Reader) throws -> RunSetup {
        let stored = try database.read { db in
            guard let configuration = try RunSettingsStore.configuration(of: project, for: .run(reader), in: db)
            else { throw try ProjectsStore.refusal(of: .run, in: project, to: reader.account.id, db) }
            return Stored(
                configuration: configuration,
                main: try RunSettingsStore.mainFile(of: project, for: .run(reader), in: db),
                secrets: try RunSettingsStore.sealed(of: project, for: .run(reader), in: db)
            )
        }
        let configuration = stored.configuration
        return RunSetup(
            main: configuration.main == nil ? .open : stored.main.map { .file($0) } ?? .gone,
            command: configuration.command.isEmpty ? nil : configuration.command,
            arguments: configuration.arguments,
            variables: configuration.variables + (try stored.secrets.map { try open($0, of: project) })
        )
    }

    private struct Stored: Sendable {
        let configuration: RunConfiguration
        let main: ProjectPath?
        let secrets: [RunSettingsStore.Sealed]
    }

    private func open(_ secret: RunSettingsStore.Sealed, of project: Project.ID) throws -> RunVariable {
        do {
            let value = try key.open(secret.bytes, of: Secret.owner(project: project, name: secret.name))
            return try RunVariable(name: secret.name, value: String(decoding: value, as: UTF8.self))
        } catch {
            log.error(
                "a secret can't be opened: is etc/secret the one it was stored with?",
                metadata: [
                    "project": .stringConvertible(project), "secret": .stringConvertible(secret.id),
                    "error": .string("\(error)"),
                ]
            )
            throw Problem(
                .internalError,
                """
                The secret \(secret.name) can't be opened with this site's key, so nothing was started. Nothing is \
                lost; this has been noted. The operator can put the key back, or you can give the secret its value again.
                """
            )
        }
    }
}
