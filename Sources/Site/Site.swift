public import Accounts
import Administration
public import Argon2
import Crypto
import Editing
public import ExecuteAPI
import Formatting
import FoundationEssentials
public import LanguageServers
import Languages
import Live
public import Logging
public import MariaDB
import Preferences
import Projects
public import Quotas
public import RunSettings
import RunnerClient
public import Running
import Searching
public import Sharing
public import SiteKit
import Templating
import Transfer
import Viewing
public import Web
import Workbench

/// The whole site, put together: the one place that knows all parts.
public struct Site: Sendable {
    /// Answers requests.
    public let application: Application
    /// The table behind it, for printing.
    public let routes: Routes
    /// For what the command line does with accounts.
    public let accounts: Accounts
    /// For migrations and the self-check.
    public let database: Database
    let hub: LiveHub
    let desk: RunDesk
    let servers: ServerDesk
    let changed: ChangedProjects
    /// For the self-check.
    public let settings: RunSettings

    /// What a test may want to be otherwise than in earnest.
    public struct World: Sendable {
        /// What tells the time.
        public var now: Now = { Date() }
        /// The work of password hashes.
        public var password = Argon2Parameters.standard
        /// What a person and a project may have, instead of what the configuration says.
        public var projectLimits: ProjectLimits?
        /// How far projects may be shared.
        public var sharingLimits = SharingLimits()
        /// What may run.
        public var deskLimits = DeskLimits()
        /// What tools may cost that are run for an answer.
        public var toolLimits = QuietRuns.Limits()
        /// How many language servers there may be.
        public var serverLimits = ServerLimits()
        /// What the execute API gives, instead of what the configuration says.
        public var executeLimits: ExecuteLimits?
        /// How long people stay signed in.
        public var sessionLifetime = Session.Lifetime()

        /// The world as it is.
        public init() {}
    }

    /// Every table of every feature, in the order in which they refer to one another.
    public static let migrations =
        AccountsSchema.migrations + ProjectsSchema.migrations + EditingSchema.migrations + RunningSchema.migrations
        + ExecuteSchema.migrations + RunSettingsSchema.migrations + LanguageSwitchesSchema.migrations
        + SharingSchema.migrations + ProjectTemplatesSchema.migrations

    /// Reads templates and languages and wires everything; opens no socket and no connection.
    ///
    /// Throws `TemplateError`, `CatalogueError` or `Router.Clash`: a site that starts has none of them.
    public init(configuration: Configuration, world: World = World(), log: Logger) throws {
        let catalogue = try LanguageCatalogue(directory: configuration.languages)
        let secret = SymmetricKey(data: configuration.secret)
        func cookie(_ base: String) -> CookieName {
            CookieName(base, instance: configuration.cookieInstance, basePath: configuration.basePath)
        }
        let sameOrigin = SameOrigin(secret: secret, visitorCookie: cookie("visitor"), sessionCookie: cookie("session"))
        let flashes = Flashes(secret: secret, cookie: cookie("flash"))
        let pages = Pages(
            library: try TemplateLibrary(
                directory: configuration.templates,
                shared: Frame.self,
                as: "site",
                reload: configuration.isDevelopment
            ),
            basePath: configuration.basePath,
            assetVersion: configuration.assetVersion,
            siteName: configuration.siteName,
            sameOrigin: sameOrigin,
            flashes: flashes
        )

        var connection = DatabaseConfiguration(
            socketPath: configuration.databaseSocket,
            user: nil,
            database: configuration.database
        )
        // More statements at once than the cores can run only wait inside the database instead of before it.
        connection.poolSize = min(configuration.threads, max(8, 4 * ProcessInfo.processInfo.activeProcessorCount))
        let database = Database(configuration: connection)
        let signer = LiveTicketSigner(secret: configuration.secret)
        let hub = LiveHub(configuration: .init(socketPath: configuration.hubSocket), signer: signer)
        let accounts = Accounts(
            database: database,
            hasher: PasswordHasher(parameters: world.password),
            cookie: cookie("session"),
            lifetime: world.sessionLifetime,
            now: world.now,
            closeStreams: { hub.close(session: $0) }
        )
        let runner = RunnerClient(socketPath: configuration.runnerSocket)
        let switches = LanguageSwitches(database: database)
        let states = LanguageStates(runner: runner, switches: switches, now: world.now)
        let changed = ChangedProjects()
        let projects = Projects(
            database: database,
            catalogue: catalogue,
            limits: world.projectLimits ?? configuration.projectLimits,
            now: world.now,
            languageStates: { try states.all() },
            filesChanged: { project in
                hub.publish("project/\(project)", Array(#"{"files":true}"#.utf8))
                changed.insert(project)
            },
            begun: { project, start, db in try RunSettings.begin(project, start, at: world.now(), in: db) },
            copied: { original, copy, isOwners, db in
                try RunSettings.copy(from: original, to: copy, withVariables: isOwners, at: world.now(), in: db)
            }
        )
        let documents = Documents(
            database: database,
            hub: hub,
            limits: world.projectLimits ?? configuration.projectLimits,
            now: world.now,
            changed: { changed.insert($0) }
        )
        let settings = RunSettings(
            database: database,
            projects: projects,
            secret: configuration.secret,
            now: world.now,
            log: log
        )
        let texts = ProjectTexts(documents: documents, projects: projects)
        let copy = WorkingCopy(projects: projects, documents: documents)
        let desk = RunDesk(
            database: database,
            client: runner,
            hub: hub,
            texts: texts,
            copy: copy,
            settings: settings,
            limits: world.deskLimits,
            now: world.now,
            log: log
        )

        // What waits for a tool has a thread each. With the execute API's half of them, a quarter is left for pages.
        var (serverLimits, deskLimits, toolLimits) = (world.serverLimits, world.deskLimits, world.toolLimits)
        serverLimits.waiting = min(serverLimits.waiting, max(4, configuration.threads / 8))
        deskLimits.checks = min(deskLimits.checks, max(3, configuration.threads / 16))
        toolLimits.runs = min(toolLimits.runs, max(3, configuration.threads / 16))
        let servers = ServerDesk(
            client: runner,
            texts: texts,
            documents: documents,
            hub: hub,
            limits: serverLimits,
            log: log
        )

        let checks = CheckDesk(client: runner, texts: texts, copy: copy, limits: deskLimits, log: log)
        let sharing = Sharing(
            database: database,
            projects: projects,
            texts: texts,
            limits: world.sharingLimits,
            now: world.now,
            rightsLost: { project, person in
                desk.cancelRuns(in: project, of: person)
                servers.end(in: project, of: person)
                checks.cancelChecks(in: project, of: person)
                if let person { try accounts.closeStreams(of: person) }
            },
            rightsChanged: { project, person in
                hub.publish("project/\(project)", Array(#"{"rights":\#(person?.rawValue ?? 0)}"#.utf8))
            }
        )
        let workspaces = Workspaces(client: runner, desk: desk, states: states, hub: hub, now: world.now)

        var routes = Routes()
        HealthRoutes(database: database).add(to: &routes)
        try AccountsRoutes(accounts: accounts, pages: pages).add(to: &routes)
        try AccessTokensRoutes(accounts: accounts, pages: pages).add(to: &routes)
        try PreferencesRoutes(accounts: accounts, pages: pages).add(to: &routes)
        try ProjectListRoutes(projects: projects, pages: pages).add(to: &routes)
        try ProjectsRoutes(
            projects: projects,
            pages: pages,
            copyOfTemplate: { id, name, reader in try sharing.makeProject(from: id, named: name, for: reader) }
        ).add(to: &routes)
        FilesRoutes(projects: projects, pages: pages).add(to: &routes)
        try TransferRoutes(projects: projects, texts: texts, copy: copy, pages: pages).add(to: &routes)
        try ViewingRoutes(projects: projects, documents: documents, texts: texts, pages: pages).add(to: &routes)
        let saving = try FormSaving(documents: documents, projects: projects, pages: pages)
        EditingRoutes(documents: documents, saving: saving, pages: pages).add(to: &routes)
        try SearchRoutes(search: ProjectSearch(documents: documents, projects: projects), pages: pages)
            .add(to: &routes)
        SymbolRoutes(documents: documents, projects: projects).add(to: &routes)
        try RunSettingsRoutes(settings: settings, projects: projects, pages: pages).add(to: &routes)
        try RunningRoutes(desk: desk, projects: projects, saving: saving, languages: states, pages: pages)
            .add(to: &routes)
        try CheckRoutes(
            desk: checks,
            projects: projects,
            saving: saving,
            languages: states,
            hub: hub,
            pages: pages
        ).add(to: &routes)
        let tools = QuietRuns(
            client: runner,
            hub: hub,
            texts: texts,
            copy: copy,
            limits: toolLimits,
            returnedBytes: world.deskLimits.returnedBytes.run,
            log: log
        )
        let formatting = Formatting(
            documents: documents,
            projects: projects,
            catalogue: catalogue,
            states: states,
            tools: tools
        )
        FormattingRoutes(formatting: formatting, saving: saving, pages: pages).add(to: &routes)
        let execute = ExecuteRoutes(
            accounts: accounts,
            catalogue: catalogue,
            states: states,
            switches: switches,
            client: runner,
            database: database,
            limits: world.executeLimits ?? configuration.execute,
            now: world.now
        )
        try SharingRoutes(sharing: sharing, projects: projects, pages: pages).add(to: &routes)
        try TemplateRoutes(projects: projects, pages: pages).add(to: &routes)
        try InvitationRoutes(sharing: sharing, pages: pages).add(to: &routes)
        try VisitorRoutes(
            sharing: sharing,
            projects: projects,
            documents: documents,
            tryOuts: execute.tryOuts,
            pages: pages
        ).add(to: &routes)
        ArrangementRoutes(copy: WorkingCopy(projects: projects, documents: documents), pages: pages).add(to: &routes)
        WorkspaceRoutes(workspaces: workspaces, projects: projects, pages: pages).add(to: &routes)
        try WorkbenchRoutes(
            projects: projects,
            documents: documents,
            desk: desk,
            workspaces: workspaces,
            pages: pages,
            now: world.now
        ).add(to: &routes)
        let intelligence = Intelligence(
            desk: servers,
            catalogue: catalogue,
            states: states,
            projects: projects,
            documents: documents,
            texts: texts
        )
        IntelligenceRoutes(intelligence: intelligence).add(to: &routes)
        let administration = LanguagesAdministration(
            catalogue: catalogue,
            states: states,
            switches: switches,
            builds: ImageBuilds(directory: configuration.imageBuilds),
            projects: projects,
            now: world.now
        )
        try AdministrationRoutes(languages: administration, pages: pages).add(to: &routes)
        LiveRoutes(
            signer: signer,
            now: world.now,
            visible: [
                "project": { ids, reader in try projects.visible(ids, for: reader) },
                "document": { ids, reader in try documents.visible(ids, for: reader) },
                "run": { ids, reader in try desk.visible(ids, for: reader) },
                "server": { ids, reader in try intelligence.visible(ids, for: reader) },
            ]
        ).add(to: &routes)

        execute.add(to: &routes)
        try APIReference(routes, pages: pages).add(to: &routes)

        let problems = try ProblemPages(pages: pages)
        application = Application(
            basePath: configuration.basePath,
            router: try Router(routes),
            outer: [SecurityHeaders().callAsFunction],
            inner: [
                flashes.callAsFunction, accounts.recognise, PreferencesRoutes.dress, sameOrigin.callAsFunction,
                notModified,
            ],
            draw: problems.draw(_:for:),
            explain: Self.explain
        )
        self.routes = routes
        self.accounts = accounts
        self.database = database
        self.hub = hub
        self.desk = desk
        self.servers = servers
        self.changed = changed
        self.settings = settings
    }

    /// A database that is away comes back: whoever asks again in a moment is answered.
    private static func explain(_ error: any Error) -> Problem? {
        switch error as? DatabaseError {
        case .connectionLost, .cannotConnect, .poolExhausted, .outcomeUnknown:
            Problem(
                .serviceUnavailable,
                "The site can't reach its database at the moment. Try again shortly; nothing that was saved is lost.",
                headers: ["Retry-After": "2"]
            )
        default: nil
        }
    }
}
