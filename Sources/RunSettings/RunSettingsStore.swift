import FoundationEssentials
import MariaDB
import Projects
import RunProtocol
import SiteKit

/// The questions that are asked about run settings and secrets. Who may ask is part of every question but those of a
/// transaction that has locked the project for its owner.
enum RunSettingsStore {
    /// What a project is started with: what stands where nobody decided anything, too. Nil where `access` does not
    /// let through.
    static func configuration(
        of project: Project.ID,
        for access: ProjectAccess,
        in db: Connection
    ) throws -> RunConfiguration? {
        try db.first(
            """
            SELECT s.main, s.command, s.arguments, s.variables
            FROM projects p LEFT JOIN run_settings s ON s.project = p.id
            WHERE p.id = \(project) AND \(fragment: access.condition)
            """
        ) { row in
            RunConfiguration(
                main: try row[0],
                command: try words(row[1]),
                arguments: try words(row[2]),
                variables: try variables(row[3])
            )
        }
    }

    /// Where the main file lies that was chosen; nil when none was, or it is deleted.
    static func mainFile(of project: Project.ID, for access: ProjectAccess, in db: Connection) throws -> ProjectPath? {
        try db.first(
            """
            SELECT f.path FROM run_settings s JOIN files f ON f.id = s.main AND f.project = s.project
            JOIN projects p ON p.id = s.project
            WHERE s.project = \(project) AND f.deleted_at IS NULL AND \(fragment: access.condition)
            """
        ) { try ProjectPath(row: $0, column: 0) }
    }

    static func save(_ configuration: RunConfiguration, of project: Project.ID, at now: Date, in db: Connection) throws
    {
        try db.execute(
            """
            REPLACE INTO run_settings (project, main, command, arguments, variables, changed_at)
            VALUES (\(project), \(configuration.main), \(try json(configuration.command)),
                \(try json(configuration.arguments)), \(try json(configuration.variables.map(Stored.init))), \(now))
            """
        )
    }

    /// Gives a copy of a project the settings of its original; the main file is the one in the same place.
    static func copy(
        from original: Project.ID,
        to copy: Project.ID,
        withVariables: Bool,
        at now: Date,
        in db: Connection
    ) throws {
        try db.execute(
            """
            INSERT INTO run_settings (project, main, command, arguments, variables, changed_at)
            SELECT \(copy), n.id, s.command, s.arguments, IF(\(withVariables), s.variables, '[]'), \(now)
            FROM run_settings s LEFT JOIN files o ON o.id = s.main AND o.deleted_at IS NULL
                LEFT JOIN files n ON n.project = \(copy) AND n.live_path = o.path
            WHERE s.project = \(original)
            """
        )
    }

    /// The secrets of a project by name, without their values.
    static func secrets(of project: Project.ID, for access: ProjectAccess, in db: Connection) throws -> [Secret] {
        try db.all(
            """
            SELECT s.id, s.name, s.changed_at FROM secrets s JOIN projects p ON p.id = s.project
            WHERE s.project = \(project) AND \(fragment: access.condition) ORDER BY s.name
            """
        ) { Secret(id: try $0[0], name: try $0[1], changed: try $0[2]) }
    }

    /// A secret as it is stored.
    struct Sealed: Sendable {
        let id: Secret.ID
        let project: Project.ID
        let name: String
        let bytes: [UInt8]
    }

    /// The secrets of a project by name, as they are stored.
    static func sealed(of project: Project.ID, for access: ProjectAccess, in db: Connection) throws -> [Sealed] {
        try db.all(
            """
            SELECT s.id, s.project, s.name, s.sealed FROM secrets s JOIN projects p ON p.id = s.project
            WHERE s.project = \(project) AND \(fragment: access.condition) ORDER BY s.name
            """,
            sealed
        )
    }

    /// The oldest and the newest secret of all, for the operator's self-check; the same one when there is no other.
    static func ends(in db: Connection) throws -> [Sealed] {
        try db.all(
            """
            SELECT id, project, name, sealed FROM secrets
            WHERE id IN ((SELECT MIN(id) FROM secrets), (SELECT MAX(id) FROM secrets))
            """,
            sealed
        )
    }

    private static func sealed(_ row: Row) throws -> Sealed {
        Sealed(id: try row[0], project: try row[1], name: try row[2], bytes: try row[3])
    }

    /// Stores a secret; what had its name before is gone.
    static func save(_ sealed: [UInt8], as name: String, of project: Project.ID, at now: Date, in db: Connection) throws
    {
        try db.execute(
            """
            INSERT INTO secrets (project, name, sealed, changed_at)
            VALUES (\(project), \(name), \(sealed), \(now))
            ON DUPLICATE KEY UPDATE sealed = VALUES(sealed), changed_at = VALUES(changed_at)
            """
        )
    }

    /// The project and the name of a secret of a project that `access` opens; nil when there is none.
    static func secret(
        _ id: Secret.ID,
        for access: ProjectAccess,
        in db: Connection
    ) throws -> (project: Project.ID, name: String)? {
        try db.first(
            """
            SELECT s.project, s.name FROM secrets s JOIN projects p ON p.id = s.project
            WHERE s.id = \(id) AND \(fragment: access.condition)
            """
        ) { (try $0[0], try $0[1]) }
    }

    static func delete(_ id: Secret.ID, in db: Connection) throws {
        try db.execute("DELETE FROM secrets WHERE id = \(id)")
    }

    // MARK: JSON

    private struct Stored: Codable {
        let name: String
        let value: String

        init(_ variable: RunVariable) {
            name = variable.name
            value = variable.value
        }
    }

    private static func json(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }

    private static func words(_ text: String?) throws -> [String] {
        guard let text else { return [] }
        return try JSONDecoder().decode([String].self, from: Data(text.utf8))
    }

    private static func variables(_ text: String?) throws -> [RunVariable] {
        guard let text else { return [] }
        return try JSONDecoder().decode([Stored].self, from: Data(text.utf8)).map {
            try RunVariable(name: $0.name, value: $0.value)
        }
    }
}
