import MariaDB
import Projects
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

    /// A project with something of everything in it.
    private struct Scene {
        let project: Int
        var values: [String: String]
    }

    @Test("Every address answers each of them as the table says, and the table has every address")
    func table() throws {
        try TestSite.with { world in
            world.projectLimits.projects = 10_000
            world.deskLimits.runs = 10_000
            world.deskLimits.runsOfOnePerson = 10_000
        } _: { site in
            let clients: [TestClient] = [
                try site.member(.ada), try site.member(.grace), try site.member(.barbara), try site.member(.edsger),
                try site.member(.mallory),
            ]
            let signedOut = site.visitor()
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
                    let scene = try self.scene(on: site, of: clients[0], isShown: who.isShown, line)
                    let answer = try send(line, scene, client)
                    let told = isSignIn(answer) ? "in" : "\(answer.status)"
                    #expect(told == line.answers[who.rawValue], "\(line.route) as \(who)")
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
        let path = filled(line.address, scene)
        let body = filled(line.body, scene)
        if line.method == "GET" { return client.get(path + body) }
        if body.hasPrefix("{") { return try client.post(json: body, to: path) }
        let fields = body.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        return try client.submit(
            path,
            Dictionary(fields.map { ($0[0], $0.count > 1 ? $0[1] : "") }) { first, _ in first }
        )
    }

    private func filled(_ text: String, _ scene: Scene) -> String {
        scene.values.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
    }

    /// A fresh one for each request: some of them end it.
    private func scene(on site: TestSite, of ada: TestClient, isShown: Bool, _ line: RouteTable.Line) throws -> Scene {
        var values = [
            "token": "0123456789abcdef", "session": "999999", "language": "python", "path...": "main.py",
            "push": #"{"version":0,"client":"tab-00000001","sequence":1,"changes":[[0,"x"],__]}"#,
        ]
        guard ["{project}", "{file}", "{document}", "{deleted}", "{run}", "{secret}", "{invitation}", "{slug}", "{key}"]
            .contains(where: { line.address.contains($0) || line.body.contains($0) })
        else { return Scene(project: 0, values: values) }
        let project = try ada.makeProject("Night sky")
        for (person, role) in [(Cast.grace, "editor"), (.barbara, "runner"), (.edsger, "reader")] {
            try site.share(project, with: person, as: role)
        }
        _ = try ada.submit("/projects/\(project)/files", ["path": "lib/words.py"])
        _ = try ada.submit("/projects/\(project)/files", ["path": "gone.py"])
        let files = try ada.files(of: project)
        let gone = try #require(files.first { $0.path == "gone.py" })
        _ = try ada.submit("/files/\(gone.id)/deletion", [:])
        let main = try #require(files.first { $0.path == "main.py" })
        let text = try ada.document(main.document).text
        let isByLink = line.address.contains("{key}")
        let visibility = !isShown ? "private" : isByLink ? "unlisted" : "public"
        let numbers = try site.site.database.write { db -> [Int] in
            try db.execute(
                "UPDATE projects SET visibility = \(visibility), link_key = \("key-\(project)") WHERE id = \(project)"
            )
            let blob = [UInt8](repeating: 7, count: 32)
            try db.execute("INSERT IGNORE INTO blobs (digest, size, bytes) VALUES (\(blob), 3, 'abc')")
            let picture = try db.execute(
                """
                INSERT INTO files (project, path, blob_digest, created_at)
                VALUES (\(project), 'x.png', \(blob), \(site.clock.now))
                """
            ).lastInsertID
            let run = try db.execute(
                """
                INSERT INTO runs (project, user, file, state, started_at)
                SELECT id, owner, 'main.py', 'running', created_at FROM projects WHERE id = \(project)
                """
            ).lastInsertID
            let secret = try db.execute(
                """
                INSERT INTO secrets (project, name, sealed, changed_at)
                VALUES (\(project), 'OWL', 'sealed', \(site.clock.now))
                """
            ).lastInsertID
            let invitation = try db.execute(
                """
                INSERT INTO invitations (token_hash, project, inviter, role, most_uses, created_at, expires_at)
                SELECT \(Array("\(project)".utf8) + [UInt8](repeating: 0, count: 32 - "\(project)".utf8.count)), id, owner,
                    'reader', 1, created_at, created_at + INTERVAL 1 DAY
                FROM projects WHERE id = \(project)
                """
            ).lastInsertID
            return [picture, run, secret, invitation]
        }
        let slug = try #require(
            try site.site.database.read { db in
                try db.first("SELECT slug FROM projects WHERE id = \(project)") { try $0[0] as String }
            }
        )
        values["project"] = "\(project)"
        values["file"] = line.address.hasSuffix("/content") ? "\(numbers[0])" : "\(main.id)"
        values["deleted"] = "\(gone.id)"
        values["document"] = "\(main.document)"
        values["push"] = values["push"]?.replacing("__", with: "\(text.utf16.count)")
        values["run"] = "\(numbers[1])"
        values["secret"] = "\(numbers[2])"
        values["invitation"] = "\(numbers[3])"
        values["owner"] = "ada"
        values["slug"] = slug
        values["key"] = "key-\(project)"
        values["member"] = "\(try site.number(of: .edsger))"
        return Scene(project: project, values: values)
    }
}
