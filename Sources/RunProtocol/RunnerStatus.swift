public import Wire

/// What the runner says about itself, for the self-check and the admin's pages.
public struct RunnerStatus: Hashable, Sendable {
    /// The Engine behind the runner.
    public struct Engine: Hashable, Sendable {
        /// Its version, for example `20.10.24`.
        public var version: String
        /// Whether root in a container is nobody outside (`userns-remap`).
        public var remapsUsers: Bool
        /// Names of the runtimes it knows, for example `runc`.
        public var runtimes: [String]
        /// The one that containers get.
        public var runtime: String
        /// `1` or `2`.
        public var cgroupVersion: String

        /// Describes an Engine.
        public init(
            version: String,
            remapsUsers: Bool,
            runtimes: [String],
            runtime: String,
            cgroupVersion: String
        ) {
            self.version = version
            self.remapsUsers = remapsUsers
            self.runtimes = runtimes
            self.runtime = runtime
            self.cgroupVersion = cgroupVersion
        }
    }

    /// One language of the catalogue.
    public struct Language: Hashable, Sendable {
        /// Its id.
        public var id: LanguageID
        /// The image's id (`sha256:…`), or nil when there is none.
        public var image: String?
        /// What the image says of its version (label `carrel.version`), or nil.
        public var version: String?
        /// The image's size with all its layers, 0 when there is none.
        public var size: ByteCount

        /// Describes a language.
        public init(id: LanguageID, image: String?, version: String?, size: ByteCount) {
            self.id = id
            self.image = image
            self.version = version
            self.size = size
        }
    }

    /// One live workspace.
    public struct Workspace: Hashable, Sendable {
        /// Its id.
        public var id: WorkspaceID
        /// The language of its container.
        public var language: LanguageID
        /// Runs in it now.
        public var runs: Int
        /// How long nothing has run in it; zero while something does.
        public var idle: Duration

        /// Describes a workspace.
        public init(id: WorkspaceID, language: LanguageID, runs: Int, idle: Duration) {
            self.id = id
            self.language = language
            self.runs = runs
            self.idle = idle
        }
    }

    /// The Engine, or nil when it does not answer.
    public var engine: Engine?
    /// The catalogue, by id.
    public var languages: [Language]
    /// Live workspaces, by id.
    public var workspaces: [Workspace]
    /// How many runs may be at once.
    public var slots: Int
    /// How many are.
    public var running: Int
    /// How many wait for a slot.
    public var waiting: Int
    /// The most a run may ask for.
    public var runCeiling: RunLimits
    /// What each workspace gets, unless its language says otherwise.
    public var workspaceLimits: WorkspaceLimits
    /// Whether homes outlive their containers.
    public var keepsHomes: Bool

    /// Describes a runner.
    public init(
        engine: Engine?,
        languages: [Language],
        workspaces: [Workspace],
        slots: Int,
        running: Int,
        waiting: Int,
        runCeiling: RunLimits,
        workspaceLimits: WorkspaceLimits,
        keepsHomes: Bool
    ) {
        self.engine = engine
        self.languages = languages
        self.workspaces = workspaces
        self.slots = slots
        self.running = running
        self.waiting = waiting
        self.runCeiling = runCeiling
        self.workspaceLimits = workspaceLimits
        self.keepsHomes = keepsHomes
    }
}

extension RunnerStatus.Engine: WireValue {
    /// Reads the five fields.
    public init(from reader: inout WireReader) throws(WireError) {
        version = try reader.text(atMost: 256)
        remapsUsers = try reader.flag()
        runtimes = try reader.texts(atMost: 64, length: 256)
        runtime = try reader.text(atMost: 256)
        cgroupVersion = try reader.text(atMost: 16)
    }
    /// Writes the five fields.
    public func write(to writer: inout WireWriter) {
        writer.put(version)
        writer.put(remapsUsers)
        writer.put(texts: runtimes)
        writer.put(runtime)
        writer.put(cgroupVersion)
    }
}

extension RunnerStatus.Language: WireValue {
    /// Reads the four fields.
    public init(from reader: inout WireReader) throws(WireError) {
        id = try LanguageID(from: &reader)
        image = try reader.flag() ? try reader.text(atMost: 256) : nil
        version = try reader.flag() ? try reader.text(atMost: 1024) : nil
        size = try ByteCount(from: &reader)
    }
    /// Writes the four fields.
    public func write(to writer: inout WireWriter) {
        writer.put(id)
        writer.put(image != nil)
        if let image { writer.put(image) }
        writer.put(version != nil)
        if let version { writer.put(version) }
        writer.put(size)
    }
}

extension RunnerStatus.Workspace: WireValue {
    /// Reads the four fields.
    public init(from reader: inout WireReader) throws(WireError) {
        id = try WorkspaceID(from: &reader)
        language = try LanguageID(from: &reader)
        runs = try reader.count(atMost: 1 << 30)
        idle = try reader.span()
    }
    /// Writes the four fields.
    public func write(to writer: inout WireWriter) {
        writer.put(id)
        writer.put(language)
        writer.put(runs)
        writer.put(idle)
    }
}

extension RunnerStatus: WireValue {
    /// Reads all fields.
    public init(from reader: inout WireReader) throws(WireError) {
        engine = try reader.flag() ? try Engine(from: &reader) : nil
        languages = try reader.list(of: Language.self, atMost: 1024)
        workspaces = try reader.list(of: Workspace.self, atMost: 8192)
        slots = try reader.count(atMost: 1 << 30)
        running = try reader.count(atMost: 1 << 30)
        waiting = try reader.count(atMost: 1 << 30)
        runCeiling = try RunLimits(from: &reader)
        workspaceLimits = try WorkspaceLimits(from: &reader)
        keepsHomes = try reader.flag()
    }
    /// Writes all fields.
    public func write(to writer: inout WireWriter) {
        writer.put(engine != nil)
        if let engine { writer.put(engine) }
        writer.put(list: languages)
        writer.put(list: workspaces)
        writer.put(slots)
        writer.put(running)
        writer.put(waiting)
        writer.put(runCeiling)
        writer.put(workspaceLimits)
        writer.put(keepsHomes)
    }
}
