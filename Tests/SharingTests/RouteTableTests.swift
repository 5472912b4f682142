import MariaDB
import Projects
import Quotas
import Running
import Site
import SiteTesting
import Testing
import Web

@Suite("Who may use which address")
struct RouteTableTests {
    /// Whom the table's columns are about, in their order.
    private enum Who: Int, CaseIterable {
        case owner, editor, runner, reader, visitor, stranger, signedOutVisitor, signedOutStranger

        /// Whether the project is shown to everybody.
        var isShown: Bool { self != .stranger && self != .signedOutStranger }
    }

    @Test("Every address answers each of them as the table says, and the table has every address")
    func table() throws {
        try TestSite.with { world in
            world.projectLimits = ProjectLimits(projects: 10_000)
            world.deskLimits.runs = 10_000
            world.deskLimits.runsOfOnePerson = 10_000
        } _: { site in
            let clients: [TestClient] = [
                try site.member(.ada), try site.member(.grace), try site.member(.barbara), try site.member(.edsger),
                try site.member(.mallory),
            ]
            let signedOut = site.visitor()
            // Those that nothing is done to are used again.
            var scenes: [Door: Scene] = [:]
            let known = Set(RouteTable.lines.map(\.route))
            for entry in site.site.routes.entries where !Self.isForPrograms(entry.pattern) {
                // What is restored is another file than those that are read.
                let pattern = entry.pattern.replacing("{file}/restoration", with: "{deleted}/restoration")
                #expect(known.contains("\(entry.method.rawValue) \(pattern)"), "not in the table")
            }
            for line in RouteTable.lines {
                for who in Who.allCases {
                    let client =
                        switch who {
                        case .owner, .editor, .runner, .reader: clients[who.rawValue]
                        case .visitor, .stranger: clients[4]
                        case .signedOutVisitor, .signedOutStranger: signedOut
                        }
                    let expected = line.answers[who.rawValue]
                    let door = Door(isShown: who.isShown, isByLink: line.address.contains("{key}"))
                    let isLasting = line.changesNothing(expected)
                    let scene = try (isLasting ? scenes[door] : nil) ?? Scene(on: site, of: clients[0], door)
                    if isLasting { scenes[door] = scene }
                    client.forgetFlash()
                    let answer = try send(line, scene, client)
                    let told = isSignIn(answer) ? "in" : "\(answer.status)"
                    #expect(told == expected, "\(line.route) as \(who)")
                    if ["403", "404"].contains(told) {
                        #expect(!answer.text.contains("Night sky"), "\(line.route) tells \(who) of the project")
                    }
                }
            }
        }
    }

    @Test("Programs show a token: whose cookies are sent along doesn't matter")
    func programs() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            for entry in site.site.routes.entries where entry.audience == "tokens" {
                let answer = ada.send(entry.method, entry.pattern.replacing("{rest...}", with: "x"))
                #expect(answer.status == 401, "\(entry.pattern)")
            }
        }
    }

    private static func isForPrograms(_ pattern: String) -> Bool {
        pattern.hasPrefix("/api/v2/") && pattern != "/api/v2/piston"
    }

    private func isSignIn(_ answer: TestAnswer) -> Bool {
        answer.status == 401 || answer.location?.hasPrefix("/sign-in?") == true
    }

    private func send(_ line: RouteTable.Line, _ scene: Scene, _ client: TestClient) throws -> TestAnswer {
        let path = scene.filled(line.address, line)
        let body = scene.filled(line.body, line)
        if line.method == "GET" { return client.get(path + body) }
        if body.hasPrefix("{") { return try client.post(json: body, to: path) }
        let fields = body.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        let pairs = fields.map { ($0[0], $0.count > 1 ? $0[1] : "") }
        return try client.submit(path, Dictionary(pairs) { first, _ in first })
    }
}

/// How a project is open to people who are no members.
private struct Door: Hashable {
    let isShown: Bool
    let isByLink: Bool

    var visibility: String { !isShown ? "private" : isByLink ? "unlisted" : "public" }
}

/// A project of ada's with something of everything in it, and its numbers by the names that addresses give them.
private struct Scene {
    private var values = [
        "session": "999999", "language": "python", "path...": "main.py", "owner": "ada",
        "name": "made-up",
        "push": #"{"version":0,"client":"tab-00000001","sequence":1,"changes":[[0,"x"],length]}"#,
    ]
    private let picture: Int
    private let drawing: Int

    init(on site: TestSite, of ada: TestClient, _ door: Door) throws {
        let project = try ada.makeProject("Night sky")
        for (person, role) in [(Cast.grace, "editor"), (.barbara, "runner"), (.edsger, "reader")] {
            try site.share(project, with: person, as: role)
        }
        for path in ["lib/words.py", "gone.py"] { _ = try ada.submit("/projects/\(project)/files", ["path": path]) }
        _ = try ada.submit("/projects/\(project)/files", ["path": "moon.svg"])
        let files = try ada.files(of: project)
        let moon = try #require(files.first { $0.path == "moon.svg" })
        _ = try ada.submit("/documents/\(moon.document)/text", ["text": "<svg/>", "version": "0"])
        drawing = moon.id
        let gone = try #require(files.first { $0.path == "gone.py" })
        _ = try ada.submit("/files/\(gone.id)/deletion", [:])
        let main = try #require(files.first { $0.path == "main.py" })
        _ = try ada.submit("/projects/\(project)/secrets", ["name": "OWL", "value": "nine"])
        let key = "key-\(project)"
        let now = site.clock.now
        (picture, values["run"], values["secret"], values["invitation"], values["slug"]) =
            try site.site.database.write { db in
                try db.execute(
                    "UPDATE projects SET visibility = \(door.visibility), link_key = \(key) WHERE id = \(project)"
                )
                let digest = [UInt8](repeating: 7, count: 32)
                try db.execute("INSERT IGNORE INTO blobs (digest, size, bytes) VALUES (\(digest), 3, 'abc')")
                let picture = try db.execute(
                    """
                    INSERT INTO files (project, path, blob_digest, created_at)
                    VALUES (\(project), 'owl.png', \(digest), \(now))
                    """
                ).lastInsertID
                let run = try db.execute(
                    """
                    INSERT INTO runs (project, user, file, state, started_at)
                    SELECT id, owner, 'main.py', 'running', created_at FROM projects WHERE id = \(project)
                    """
                ).lastInsertID
                let secret = try db.first("SELECT id FROM secrets WHERE project = \(project)") { try $0[0] as Int }
                let hash = Array("\(project)".utf8) + [UInt8](repeating: 0, count: 32 - "\(project)".utf8.count)
                let invitation = try db.execute(
                    """
                    INSERT INTO invitations (token_hash, project, inviter, role, most_uses, created_at, expires_at)
                    SELECT \(hash), id, owner, 'reader', 1, created_at, created_at + INTERVAL 1 DAY
                    FROM projects WHERE id = \(project)
                    """
                ).lastInsertID
                let slug = try db.first("SELECT slug FROM projects WHERE id = \(project)") { try $0[0] as String }
                return (picture, "\(run)", "\(secret ?? 0)", "\(invitation)", slug)
            }
        values["project"] = "\(project)"
        values["file"] = "\(main.id)"
        values["deleted"] = "\(gone.id)"
        values["document"] = "\(main.document)"
        values["push"]?.replace("length", with: "\(try ada.document(main.document).text.utf16.count)")
        values["key"] = key
        values["member"] = "\(try site.number(of: .edsger))"
    }

    /// An address or a body of a line with this scene's numbers in it.
    func filled(_ text: String, _ line: RouteTable.Line) -> String {
        var values = values
        // Only what is no text has bytes, and the tokens of accounts are known by numbers.
        if line.address.hasSuffix("/content") { values["file"] = "\(picture)" }
        if line.address.contains("/content/") { values["path..."] = "owl.png" }
        if line.address.hasSuffix("/picture") { values["file"] = "\(drawing)" }
        values["token"] = line.address.hasPrefix("/account/") ? "999999" : "nobodys-token"
        return values.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
    }
}
