import Languages
import RunProtocol

/// What a job printed and how it ended, as it comes.
struct JobTranscript {
    /// One stage of it.
    struct Stage {
        var output: [UInt8] = []
        var errors: [UInt8] = []
        /// Both, in the order in which they came.
        var both: [UInt8] = []
        /// The stream that was longer than it may be.
        var flooded: RunStream?
        var outcome: RunOutcome?
    }

    /// Bytes of each stream.
    let limit: Int
    /// Those that began.
    private(set) var stages: [RunOutcome.Phase: Stage] = [:]
    private var phase = RunOutcome.Phase.run

    init(limit: Int) {
        self.limit = limit
    }

    mutating func begin(_ phase: RunOutcome.Phase) {
        self.phase = phase
        stages[phase] = Stage()
    }

    /// Keeps the beginning. False when there was more: the job has to be ended.
    mutating func add(_ stream: RunStream, _ bytes: [UInt8]) -> Bool {
        stages[phase, default: Stage()].add(stream, bytes, limit: limit)
    }

    mutating func end(_ outcome: RunOutcome) {
        phase = outcome.phase
        stages[phase, default: Stage()].outcome = outcome
    }
}

extension JobTranscript.Stage {
    fileprivate mutating func add(_ stream: RunStream, _ bytes: [UInt8], limit: Int) -> Bool {
        guard flooded == nil else { return true }
        let length = stream == .output ? output.count : errors.count
        let kept = bytes.prefix(limit - length)
        if stream == .output { output += kept } else { errors += kept }
        both += kept
        guard kept.count < bytes.count else { return true }
        flooded = stream
        return false
    }
}

/// The answer, in Piston's shape.
struct JobReport: Encodable {
    /// One stage.
    struct Stage: Encodable {
        let stdout: String
        let stderr: String
        let output: String
        /// Nil when a signal ended it.
        let code: Int?
        let signal: String?
        let message: String?
        /// `RE` code other than 0, `SG` signal, `TO` out of time, `OL` and `EL` too much output or errors, `XX` our fault.
        let status: String?
        /// Milliseconds.
        let cpu_time: Int
        /// Milliseconds.
        let wall_time: Int
        /// Bytes.
        let memory: UInt64

        enum CodingKeys: CodingKey {
            case stdout, stderr, output, code, signal, message, status, cpu_time, wall_time, memory
        }

        // All members are there, as null if need be.
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(stdout, forKey: .stdout)
            try container.encode(stderr, forKey: .stderr)
            try container.encode(output, forKey: .output)
            try container.encode(code, forKey: .code)
            try container.encode(signal, forKey: .signal)
            try container.encode(message, forKey: .message)
            try container.encode(status, forKey: .status)
            try container.encode(cpu_time, forKey: .cpu_time)
            try container.encode(wall_time, forKey: .wall_time)
            try container.encode(memory, forKey: .memory)
        }
    }

    let language: String
    let version: String
    let run: Stage
    /// Nil when the language has no compiler.
    let compile: Stage?

    init(_ request: JobRequest, _ transcript: JobTranscript) {
        language = request.runtime.language.id
        version = request.runtime.version.description
        compile = transcript.stages[.compile].map { Stage($0, request.compile) }
        // Clients of older versions look here for the compiler's words, too.
        run =
            transcript.stages[.run].map { Stage($0, request.run) } ?? compile
            ?? Stage(JobTranscript.Stage(), request.run)
    }
}

extension JobReport.Stage {
    init(_ stage: JobTranscript.Stage, _ limits: JobRequest.Stage) {
        stdout = String(decoding: stage.output, as: UTF8.self)
        stderr = String(decoding: stage.errors, as: UTF8.self)
        output = String(decoding: stage.both, as: UTF8.self)
        let wall = stage.outcome?.wall ?? .zero
        cpu_time = Int((stage.outcome?.cpu ?? .zero) / .milliseconds(1))
        wall_time = Int(wall / .milliseconds(1))
        memory = stage.outcome?.memory.bytes ?? 0
        switch (stage.flooded, stage.outcome?.ending) {
        case (.output, _): (code, signal, status, message) = (nil, "SIGKILL", "OL", "stdout length exceeded")
        case (.error, _): (code, signal, status, message) = (nil, "SIGKILL", "EL", "stderr length exceeded")
        case (nil, .exited(0)): (code, signal, status, message) = (0, nil, nil, nil)
        case (nil, .exited(let number)):
            (code, signal, status, message) = (number, nil, "RE", "Exited with error status \(number)")
        case (nil, .signalled(let number)):
            (code, signal, status, message) = (nil, Signal.name(number), "SG", "Caught fatal signal \(number)")
        case (nil, .outOfTime):
            let words = wall >= limits.wall ? "Time limit exceeded (wall clock)" : "Time limit exceeded"
            (code, signal, status, message) = (nil, "SIGKILL", "TO", words)
        case (nil, .outOfMemory):
            (code, signal, status, message) = (nil, "SIGKILL", "SG", "Memory limit exceeded")
        case (nil, .tooMuchOutput): (code, signal, status, message) = (nil, "SIGKILL", "OL", "output length exceeded")
        case (nil, .cancelled), (nil, nil): (code, signal, status, message) = (nil, "SIGKILL", "XX", "Cancelled")
        }
    }
}
