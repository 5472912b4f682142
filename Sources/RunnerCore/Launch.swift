import AgentProtocol
import Languages
import RunProtocol

/// From a checked request and the catalogue's language to what the agent is told.
enum Launch {
    /// Where a container has its home.
    static let home = Language.home
    /// Whose it is, and whom programs run as.
    static let user: UInt32 = 1000

    /// What every program finds in its environment, before its language and its project add to it.
    private static let environment = [
        "HOME": home,
        "LANG": "C.UTF-8",
        "LOGNAME": "coder",
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "SHELL": "/bin/bash",
        "USER": "coder",
    ]

    /// The request's limits, lowered to what the configuration and the language allow.
    static func limits(_ request: RunRequest, _ language: Language, ceiling: RunLimits) -> RunLimits {
        var ceiling = ceiling
        if role(of: request.program).mostlyWaits {
            (ceiling.wall, ceiling.cpu, ceiling.output) = (longest, longest, ByteCount(Int.max))
        }
        if let seconds = language.limits.compileSeconds {
            ceiling.compile = .seconds(seconds)
            ceiling.compileCPU = .seconds(seconds)
        }
        return request.limits.clamped(to: ceiling)
    }

    /// What a workspace of this language gets.
    static func workspaceLimits(_ language: Language, _ limits: WorkspaceLimits) -> WorkspaceLimits {
        var limits = limits
        if let memory = language.limits.memoryMiB { limits.memory = .mebibytes(memory) }
        if let processes = language.limits.processes { limits.processes = processes }
        return limits
    }

    /// What a program is to its container.
    static func role(of program: RunProgram) -> AgentRole {
        switch program {
        case .shell: .shell
        case .server: .server
        case .file, .command, .check, .format, .nothing: .program
        }
    }

    /// How long a shell or a server may last, on the wall and on the processor.
    private static let longest = Duration.seconds(12 * 3_600)

    /// What a shell finds in its environment besides: a history that is no file of the project.
    private static let shellEnvironment = ["HISTFILE": "/tmp/.bash_history"]

    /// The same for a server: what it keeps for later is none of the project's either.
    private static let serverEnvironment = ["XDG_CACHE_HOME": "/tmp/.cache"]

    static func command(_ request: RunRequest, _ language: Language, _ limits: RunLimits) -> AgentLaunch {
        let commands =
            switch request.program {
            case .file(let main):
                language.commands(
                    main: main.text,
                    files: request.files.map(\.path.text),
                    arguments: request.arguments
                )
            // A command that isn't there is the project's mistake, not ours: `env` tells it so and ends with 127.
            case .command(let words):
                Language.Commands(compile: nil, run: ["env", "--"] + words + request.arguments)
            // `Runner` refuses it where the language has none.
            case .check(let main):
                Language.Commands(
                    compile: nil,
                    run: language.checkCommand(main: main.text, files: request.files.map(\.path.text)) ?? ["false"]
                )
            case .format(let main):
                Language.Commands(
                    compile: nil,
                    run: language.formatCommand(main: main.text, files: request.files.map(\.path.text)) ?? ["false"]
                )
            // Refused as well.
            case .server: Language.Commands(compile: nil, run: language.server?.command ?? ["false"])
            case .shell, .nothing: Language.Commands(compile: nil, run: ["bash"])
            }
        var steps: [AgentStep] = []
        if let compile = commands.compile {
            steps.append(AgentStep(arguments: compile, wall: limits.compile, cpu: limits.compileCPU))
        }
        let waits = !steps.isEmpty && request.workspace == nil && limits.memory != limits.compileMemory
        steps.append(AgentStep(arguments: commands.run, wall: limits.wall, cpu: limits.cpu, waits: waits))
        var environment = environment
        if case .shell = request.program { environment.merge(shellEnvironment) { $1 } }
        let input: AgentInput
        switch request.input {
        case .terminal(let size):
            environment["TERM"] = "xterm-256color"
            environment["COLORTERM"] = "truecolor"
            input = .terminal(rows: size.rows, columns: size.columns)
        case .text(let text): input = .text(text)
        case .stream: input = .stream
        }
        environment.merge(language.environment) { _, own in own }
        if case .server = request.program {
            environment.merge(serverEnvironment) { $1 }
            environment.merge(language.server?.environment ?? [:]) { $1 }
        }
        environment.merge(request.variables.map { ($0.name, $0.value) }) { _, own in own }
        return AgentLaunch(
            steps: steps,
            environment: environment.map { "\($0.key)=\($0.value)" }.sorted(),
            input: input,
            output: limits.output.bytes,
            fileSize: limits.fileSize.bytes,
            // A job's container is nobody's working copy, and in a server's name nothing is told of others' files.
            watchesFiles: request.workspace != nil && request.program != .server,
            // And no other run comes in it.
            gate: request.workspace == nil ? [] : gate(request, language),
            role: role(of: request.program),
            name: request.run.value
        )
    }

    /// What tells the program of such a run to wait when it is started ahead; empty where that can't be.
    private static func gate(_ request: RunRequest, _ language: Language) -> [String] {
        guard case .file = request.program, let waiting = language.waiting,
            waiting.allows(variables: request.variables.lazy.map(\.name))
        else { return [] }
        return waiting.environment.map { "\($0.key)=\($0.value)" }.sorted()
    }

    /// What another job may begin like, after this one; nil when nothing can be started ahead for it, or when it says
    /// more of this one than a file's name.
    static func usual(job: AgentLaunch, _ request: RunRequest, _ language: Language) -> AgentLaunch? {
        guard request.workspace == nil, request.arguments.isEmpty, request.variables.isEmpty,
            language.waiting?.needsMain == false
        else { return nil }
        var job = job
        job.gate = gate(request, language)
        job.input = .text([])
        job.name = 0
        return job.canBeExpected ? job : nil
    }

    /// The launch that is expected in a container which is nobody's yet, as long as nobody knows better. Nil when
    /// nothing can be started ahead for it.
    static func expected(_ language: Language, isJob: Bool, ceiling: RunLimits) -> AgentLaunch? {
        guard language.waiting?.needsMain == false, let id = LanguageID(language.id),
            let main = ProjectPath(language.main)
        else { return nil }
        let request = RunRequest(
            run: RunID(0),
            workspace: WorkspaceID(0),
            language: id,
            program: .file(main),
            input: isJob ? .text([]) : .terminal(WindowSize(rows: 24, columns: 80)),
            files: []
        )
        let launch = command(request, language, limits(request, language, ceiling: ceiling))
        return launch.canBeExpected ? launch : nil
    }

    /// Which of a request's files the agent is told of.
    static func files(_ request: RunRequest) -> [AgentFile] {
        request.files.map { AgentFile(path: $0.path.text, digest: $0.digest.bytes) }
    }

    /// What a job's container may use of memory in a phase: what was asked for, but no less than a container needs to live
    /// and no more than a workspace of this language has.
    static func memory(_ phase: RunOutcome.Phase, _ limits: RunLimits, most: ByteCount) -> ByteCount {
        let wanted = phase == .compile ? limits.compileMemory : limits.memory
        return min(max(wanted ?? most, leastMemory), most)
    }

    /// Whether a job's container may come to use less memory than a program that waits in it has room in.
    static func isTight(_ request: RunRequest, _ limits: RunLimits) -> Bool {
        let memory = [limits.memory, limits.compileMemory].compactMap { $0 }.min()
        return request.workspace == nil && memory.map { $0 < .mebibytes(128) } ?? false
    }

    /// The agent, and what a container needs to start anything.
    private static let leastMemory = ByteCount.mebibytes(8)

    /// In which phase a step of so many is; with a compiler there are two steps.
    static func phase(_ step: Int, of steps: Int) -> RunOutcome.Phase {
        steps > 1 && step == 0 ? .compile : .run
    }

    static func outcome(_ result: AgentResult, of steps: Int) -> RunOutcome {
        let ending: RunOutcome.Ending
        switch result.ending {
        case .exited(let code): ending = .exited(code)
        case .signalled(let number): ending = .signalled(number)
        case .outOfTime: ending = .outOfTime
        case .outOfMemory: ending = .outOfMemory
        case .tooMuchOutput: ending = .tooMuchOutput
        case .cancelled: ending = .cancelled
        }
        return RunOutcome(
            ending: ending,
            phase: phase(result.step, of: steps),
            wall: result.wall,
            cpu: result.cpu,
            memory: ByteCount(bytes: result.memory)
        )
    }
}
