import AgentProtocol
import CProcess
import Glibc

/// The terminal or the pipes of one run.
///
/// The agent keeps the program's ends open too until the run is over: then every step of the run can have them, and a
/// read that would block means "all is read" instead of "somebody may still write" once no process of the run is left.
struct RunStreams {
    private struct Output {
        let stream: UInt8
        let descriptor: Descriptor
        var isDry = false
    }

    /// More input than this waits for nobody; a terminal drops what it has no room for, too.
    private static let maximumInput = 256 * 1024
    /// The same for a pipe that stays open. Nothing of what goes there may be dropped.
    private static let maximumStream = 16 * 1024 * 1024

    private var outputs: [Output] = []
    private var controller: Descriptor?
    private var inputEnd: Descriptor?
    private var programEnds: (input: Descriptor, output: Descriptor, error: Descriptor)?
    private var size: (rows: Int, columns: Int)?
    /// Whether it is a pipe for which more input may come.
    private var isStream = false
    private var input: [UInt8] = []
    private var inputStart = 0
    private var produced: UInt64 = 0
    private var isFull = false

    /// Whether the run has a terminal.
    var hasTerminal: Bool { controller != nil }

    /// Whether every stream has been read to its end, for now.
    var areDry: Bool { outputs.allSatisfy(\.isDry) }

    /// Makes the terminal or the pipes. What is to be read from them comes by `fill`.
    mutating func open(_ input: AgentInput) throws(AgentFault) {
        switch input {
        case .terminal(let rows, let columns):
            let size = self.size ?? (rows, columns)
            var ours: Int32 = -1
            var theirs: Int32 = -1
            let result = carrel_open_terminal(UInt16(size.rows), UInt16(size.columns), &ours, &theirs)
            guard result == 0 else { throw AgentFault("open a terminal: \(String(cString: strerror(-result)))") }
            let controller = Descriptor(ours)
            let terminal = Descriptor(theirs)
            self.controller = controller
            inputEnd = controller
            outputs = [Output(stream: 0, descriptor: controller)]
            programEnds = (terminal, terminal, terminal)
        case .text, .stream:
            isStream = input == .stream
            let (outputReading, outputWriting) = try Self.pipe(ours: \.0)
            let (errorReading, errorWriting) = try Self.pipe(ours: \.0)
            let (inputReading, inputWriting) = try Self.pipe(ours: \.1)
            outputs = [
                Output(stream: 0, descriptor: outputReading), Output(stream: 1, descriptor: errorReading),
            ]
            programEnds = (inputReading, outputWriting, errorWriting)
            inputEnd = inputWriting
        }
    }

    /// Begins to give the program its input: the text, or what was typed for the terminal already.
    mutating func fill(_ input: AgentInput) {
        if case .text(let text) = input {
            self.input = text
            inputStart = 0
        }
        writeInput()
    }

    /// Takes on what was opened for a program that waited. Its terminal gets the size that this one has by now.
    mutating func take(on other: RunStreams, _ input: AgentInput) {
        outputs = other.outputs
        controller = other.controller
        inputEnd = other.inputEnd
        programEnds = other.programEnds
        if case .terminal(let rows, let columns) = input {
            let size = self.size ?? (rows, columns)
            resize(rows: size.rows, columns: size.columns)
        }
    }

    /// Whether nothing was printed that nobody has read yet.
    var areUntouched: Bool {
        var entries = outputs.map { pollfd(fd: $0.descriptor.number, events: Int16(POLLIN), revents: 0) }
        return poll(&entries, nfds_t(entries.count), 0) == 0
    }

    /// What a step gets as its three streams. Only the last one reads the input of a run without a terminal.
    mutating func ends(isLast: Bool) throws(AgentFault) -> (Descriptor, Descriptor, Descriptor) {
        guard let programEnds else { throw AgentFault("launch: no streams") }
        if hasTerminal || isLast { return programEnds }
        let nothing = Glibc.open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard nothing >= 0 else { throw AgentFault("open /dev/null: \(String(cString: strerror(errno)))") }
        return (Descriptor(nothing), programEnds.output, programEnds.error)
    }

    /// Takes input for the terminal or the pipe that stays open; before there is one it is kept for it. False when a
    /// program has left so much in its pipe that no more is kept for it.
    mutating func add(input bytes: [UInt8]) -> Bool {
        guard outputs.isEmpty || hasTerminal || isStream else { return true }
        let waiting = input.count - inputStart
        guard !isStream || waiting + bytes.count <= Self.maximumStream else { return false }
        if inputStart > 0 {
            input.removeFirst(inputStart)
            inputStart = 0
        }
        input.append(contentsOf: isStream ? bytes[...] : bytes.prefix(max(0, Self.maximumInput - waiting)))
        writeInput()
        return true
    }

    /// Changes the size of the terminal, also of one that is not open yet.
    mutating func resize(rows: Int, columns: Int) {
        size = (rows, columns)
        if let controller { _ = carrel_resize_terminal(controller.number, UInt16(rows), UInt16(columns)) }
    }

    /// What to wait for, where output may be read now or not: descriptors with the events of poll(2).
    func interests(mayRead: Bool) -> [(descriptor: Int32, events: Int16)] {
        var wanted: [(Int32, Int16)] = []
        let readable = mayRead ? Int16(POLLIN) : 0
        let writable = inputStart < input.count ? Int16(POLLOUT) : 0
        for output in outputs {
            let events = output.descriptor === inputEnd ? readable | writable : readable
            if events != 0 { wanted.append((output.descriptor.number, events)) }
        }
        if let inputEnd, controller == nil, writable != 0 { wanted.append((inputEnd.number, writable)) }
        return wanted
    }

    /// Writes what the program's input takes without waiting; the end of a text closes it.
    mutating func writeInput() {
        guard let inputEnd else { return }
        while inputStart < input.count {
            let count = input.withUnsafeBytes { buffer in
                write(inputEnd.number, buffer.baseAddress?.advanced(by: inputStart), input.count - inputStart)
            }
            if count < 0 && errno == EINTR { continue }
            if count < 0 && errno == EAGAIN { return }
            // Nobody will read the rest any more.
            guard count > 0 else { break }
            inputStart += count
        }
        input = []
        inputStart = 0
        if controller == nil, !isStream { self.inputEnd = nil }
    }

    /// Reads what is there, as far as the window allows, and reports it. True when the run's limit was passed with it:
    /// what fits was reported then, what comes later is thrown away, and the run must be ended.
    mutating func readAll(_ run: UInt32, limit: UInt64, _ outbox: inout Outbox) -> Bool {
        for index in outputs.indices {
            outputs[index].isDry = false
            while outbox.hasRoom(for: run) {
                guard let bytes = Self.read(outputs[index].descriptor) else {
                    outputs[index].isDry = true
                    break
                }
                if isFull { continue }
                if !report(bytes, of: outputs[index].stream, run, limit: limit, &outbox) {
                    isFull = true
                    return true
                }
            }
        }
        return false
    }

    /// False when the limit was passed with these bytes.
    private mutating func report(
        _ bytes: [UInt8],
        of stream: UInt8,
        _ run: UInt32,
        limit: UInt64,
        _ outbox: inout Outbox
    ) -> Bool {
        let room = limit - min(limit, produced)
        let kept = Array(bytes.prefix(Int(min(room, UInt64(bytes.count)))))
        produced += UInt64(kept.count)
        if !kept.isEmpty { outbox.put(.output(run, stream, kept)) }
        return kept.count == bytes.count
    }

    /// Nil when there is nothing to read now, or never again.
    private static func read(_ descriptor: Descriptor) -> [UInt8]? {
        while true {
            var failure: Int32 = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: AgentReport.maximumOutput) { buffer, count in
                let result = Glibc.read(descriptor.number, buffer.baseAddress, buffer.count)
                if result < 0 { failure = errno }
                count = max(0, result)
            }
            if failure == EINTR { continue }
            return bytes.isEmpty ? nil : bytes
        }
    }

    private static func pipe(
        ours: KeyPath<(Int32, Int32), Int32>
    ) throws(AgentFault) -> (reading: Descriptor, writing: Descriptor) {
        var ends: [Int32] = [-1, -1]
        guard Glibc.pipe(&ends) == 0 else { throw AgentFault("make a pipe: \(String(cString: strerror(errno)))") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let pair = (ends[0], ends[1])
        _ = fcntl(pair[keyPath: ours], F_SETFL, O_NONBLOCK)
        return (Descriptor(ends[0]), Descriptor(ends[1]))
    }
}
