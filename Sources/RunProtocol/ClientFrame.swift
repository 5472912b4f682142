public import Wire

// The conversation, one Unix stream socket between a site process and the runner:
//
//   site                                   runner
//   hello(version)                    ──►            first on every connection
//
//   start(request)                    ──►            this connection is now this run, and closing it kills the run
//                                     ◄──  needs([index…])       after a slot and a workspace were found
//   file(index, bytes, last)…         ──►            each needed file whole, in the order of `needs`
//                                     ◄──  event(started) event(output)… event(changed)… event(finished), then the runner
//                                          closes
//                                          (with a compiler: event(stepped) event(started) in the middle)
//                                     ◄──  fault(…) at any point instead, then the runner closes
//
//   resume(run, position)             ──►            instead of a start: the connection broke without a word, and another
//                                     ◄──  answer(true)              runner may have found the run alive; then all events
//                                          after the one that came with this position. Or a fault.
//
//   input, resize, cancel,            ──►            on any other connection, by run id, as often as wanted
//   stopWorkspace                     ◄──  answer(found)
//   status                            ──►
//                                     ◄──  status(…)
//   workspaceLife                     ──►
//                                     ◄──  workspaceLife(…)
//
// A run that is cancelled before it has its files answers `event(finished)` in place of `needs`.

/// What a site process says to the runner.
public enum ClientFrame: Hashable, Sendable {
    /// The version of this protocol that both must share.
    public static let version: UInt64 = 9
    /// The most bytes in one `file` or `input`: 256 KiB.
    public static let maximumChunk = 256 * 1024

    /// The first frame of a connection.
    case hello(UInt64)
    /// Begins a run.
    case start(RunRequest)
    /// A piece of the file with this place in the request's list; an empty file is one empty last piece.
    case file(Int, [UInt8], last: Bool)
    /// Input for a run with a terminal or a stream.
    case input(RunID, [UInt8])
    /// A new size for the terminal of a run.
    case resize(RunID, WindowSize)
    /// Ends a run.
    case cancel(RunID)
    /// Ends the container of a workspace, and whatever runs in it.
    case stopWorkspace(WorkspaceID)
    /// Asks for the runner's status.
    case status
    /// Asks until when the containers of a workspace are kept.
    case workspaceLife(WorkspaceID)
    /// Takes a run up again that another runner started: this connection is now that run. The position is the one that
    /// came with the last event, 0 before there was one.
    case resume(RunID, from: UInt64)
}

/// What the runner says to a site process.
public enum RunnerFrame: Hashable, Sendable {
    /// The places in the request's list of the files whose content is wanted.
    case needs([Int])
    /// Something happened in the run. The position is a place behind it in all that happens there, and means nothing
    /// else to the client.
    case event(RunEvent, at: UInt64)
    /// Whether the run or workspace that was named is alive (and, for input, has a terminal).
    case answer(Bool)
    /// The runner's status.
    case status(RunnerStatus)
    /// Until when a workspace's containers are kept.
    case workspaceLife(WorkspaceLife)
    /// We failed; the runner closes the connection after this.
    case fault(RunnerFault)
}

extension ClientFrame: WireValue {
    /// Reads the kind and what belongs to it.
    public init(from reader: inout WireReader) throws(WireError) {
        switch try reader.byte() {
        case 0: self = .hello(try reader.number())
        case 1: self = .start(try RunRequest(from: &reader))
        case 2:
            let index = try reader.count(atMost: RunRequest.maximumFiles - 1)
            let last = try reader.flag()
            self = .file(index, try reader.content(atMost: Self.maximumChunk), last: last)
        case 3: self = .input(try RunID(from: &reader), try reader.content(atMost: Self.maximumChunk))
        case 4: self = .resize(try RunID(from: &reader), try WindowSize(from: &reader))
        case 5: self = .cancel(try RunID(from: &reader))
        case 6: self = .stopWorkspace(try WorkspaceID(from: &reader))
        case 7: self = .status
        case 8: self = .workspaceLife(try WorkspaceID(from: &reader))
        case 9: self = .resume(try RunID(from: &reader), from: try reader.number())
        default: throw .unknown
        }
    }

    /// Writes the kind and what belongs to it.
    public func write(to writer: inout WireWriter) {
        switch self {
        case .hello(let version):
            writer.put(byte: 0)
            writer.put(version)
        case .start(let request):
            writer.put(byte: 1)
            writer.put(request)
        case .file(let index, let bytes, let last):
            writer.put(byte: 2)
            writer.put(index)
            writer.put(last)
            writer.put(bytes)
        case .input(let run, let bytes):
            writer.put(byte: 3)
            writer.put(run)
            writer.put(bytes)
        case .resize(let run, let size):
            writer.put(byte: 4)
            writer.put(run)
            writer.put(size)
        case .cancel(let run):
            writer.put(byte: 5)
            writer.put(run)
        case .stopWorkspace(let workspace):
            writer.put(byte: 6)
            writer.put(workspace)
        case .status: writer.put(byte: 7)
        case .workspaceLife(let workspace):
            writer.put(byte: 8)
            writer.put(workspace)
        case .resume(let run, let position):
            writer.put(byte: 9)
            writer.put(run)
            writer.put(position)
        }
    }
}

extension RunnerFrame: WireValue {
    /// Reads the kind and what belongs to it.
    public init(from reader: inout WireReader) throws(WireError) {
        switch try reader.byte() {
        case 0:
            let count = try reader.count(atMost: RunRequest.maximumFiles)
            var indexes: [Int] = []
            for _ in 0..<count { indexes.append(try reader.count(atMost: RunRequest.maximumFiles - 1)) }
            self = .needs(indexes)
        case 1: self = .event(try RunEvent(from: &reader), at: try reader.number())
        case 2: self = .answer(try reader.flag())
        case 3: self = .status(try RunnerStatus(from: &reader))
        case 4: self = .fault(try RunnerFault(from: &reader))
        case 5: self = .workspaceLife(try WorkspaceLife(from: &reader))
        default: throw .unknown
        }
    }

    /// Writes the kind and what belongs to it.
    public func write(to writer: inout WireWriter) {
        switch self {
        case .needs(let indexes):
            writer.put(byte: 0)
            writer.put(indexes.count)
            for index in indexes { writer.put(index) }
        case .event(let event, let position):
            writer.put(byte: 1)
            writer.put(event)
            writer.put(position)
        case .answer(let found):
            writer.put(byte: 2)
            writer.put(found)
        case .status(let status):
            writer.put(byte: 3)
            writer.put(status)
        case .fault(let fault):
            writer.put(byte: 4)
            writer.put(fault)
        case .workspaceLife(let life):
            writer.put(byte: 5)
            writer.put(life)
        }
    }
}
