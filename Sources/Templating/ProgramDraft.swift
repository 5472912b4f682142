/// A program while it is being compiled. Jumps name labels, which become instruction numbers at the end.
struct ProgramDraft {
    /// More than any page needs; a template that expands beyond is a mistake (a partial that includes itself often).
    static let instructionLimit = 1 << 18
    static let literalLimit = 16 << 20

    private(set) var instructions: [Instruction] = []
    private(set) var literals: [UInt8] = []
    private(set) var texts: [Slot<FieldSource.TextReader>] = []
    private(set) var ints: [Slot<FieldSource.IntReader>] = []
    private(set) var bools: [Slot<FieldSource.BoolReader>] = []
    private(set) var dates: [Slot<FieldSource.DateReader>] = []
    private(set) var tests: [Test] = []
    private(set) var loops: [Loop] = []
    private(set) var frames = 2
    /// While set, nothing is written: the compiler checks a branch that can never be taken.
    var isMuted = false

    /// The instruction each label stands for; -1 until it is placed.
    private var labels: [Int] = []
    /// A label stands before the next instruction, so that a literal there can't be joined to the one before.
    private var labelIsHere = false

    struct Label {
        fileprivate var index: Int
    }

    var isTooLarge: Bool {
        instructions.count > Self.instructionLimit || literals.count > Self.literalLimit
    }

    mutating func literal(_ bytes: some Collection<UInt8>) {
        guard !bytes.isEmpty, !isMuted else { return }
        if case .literal(let start, let count)? = instructions.last, !labelIsHere,
            Int(start) + Int(count) == literals.count
        {
            instructions[instructions.count - 1] = .literal(start: start, count: count + UInt32(bytes.count))
            literals.append(contentsOf: bytes)
        } else {
            let range = store(bytes)
            emit(.literal(start: range.start, count: range.count))
        }
    }

    /// Keeps bytes for an instruction that names them itself.
    mutating func store(_ bytes: some Collection<UInt8>) -> LiteralRange {
        let start = literals.count
        if !isMuted { literals.append(contentsOf: bytes) }
        return LiteralRange(start: UInt32(start), count: UInt32(literals.count - start))
    }

    mutating func emit(_ instruction: Instruction) {
        guard !isMuted else { return }
        instructions.append(instruction)
        labelIsHere = false
    }

    mutating func label() -> Label {
        labels.append(-1)
        return Label(index: labels.count - 1)
    }

    mutating func place(_ label: Label) {
        labels[label.index] = instructions.count
        labelIsHere = true
    }

    mutating func jump(to label: Label) {
        emit(.jump(UInt32(label.index)))
    }

    mutating func jump(to label: Label, if test: Test, is expected: Bool) {
        guard !isMuted else { return }
        tests.append(test)
        let number = UInt32(tests.count - 1)
        let target = UInt32(label.index)
        emit(expected ? .jumpIf(number, target) : .jumpUnless(number, target))
    }

    mutating func slot(_ read: @escaping FieldSource.TextReader, frame: Int) -> Int {
        texts.append(Slot(frame: frame, read: read))
        return texts.count - 1
    }

    mutating func slot(_ read: @escaping FieldSource.IntReader, frame: Int) -> Int {
        ints.append(Slot(frame: frame, read: read))
        return ints.count - 1
    }

    mutating func slot(_ read: @escaping FieldSource.BoolReader, frame: Int) -> Int {
        bools.append(Slot(frame: frame, read: read))
        return bools.count - 1
    }

    mutating func slot(_ read: @escaping FieldSource.DateReader, frame: Int) -> Int {
        dates.append(Slot(frame: frame, read: read))
        return dates.count - 1
    }

    /// Starts a loop; the labels are those of its end, of its `otherwise`, and of what follows both.
    mutating func loop(_ loop: Loop, bodyEnd: Label, otherwise: Label, end: Label) {
        frames = max(frames, loop.rowFrame + 2)
        var loop = loop
        (loop.bodyEnd, loop.otherwise, loop.end) = (bodyEnd.index, otherwise.index, end.index)
        loops.append(loop)
        emit(.loop(UInt32(loops.count - 1)))
    }

    /// The program with every label replaced by the instruction it stands for.
    func finished() -> Program {
        var result = self
        func target(_ label: UInt32) -> UInt32 { UInt32(labels[Int(label)]) }
        result.instructions = instructions.map { instruction in
            switch instruction {
            case .jump(let label): .jump(target(label))
            case .jumpIf(let test, let label): .jumpIf(test, target(label))
            case .jumpUnless(let test, let label): .jumpUnless(test, target(label))
            default: instruction
            }
        }
        for index in loops.indices {
            result.loops[index].bodyEnd = labels[loops[index].bodyEnd]
            result.loops[index].otherwise = labels[loops[index].otherwise]
            result.loops[index].end = labels[loops[index].end]
        }
        return Program(result)
    }
}
