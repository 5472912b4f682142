/// Runs a program over one page's values.
///
/// Theory of operation. A render is one pass over the instructions. `frames` holds pointers to the values in reach: the
/// shared view, the model, and the row and state of every loop being run. A slot's reader is handed the pointer of its
/// frame and gives back the value; the bytes go straight into the output. Nothing is looked up by name and nothing is
/// allocated for a cell.
///
/// Invariants:
/// 1. While an instruction runs, each frame it names points to a live instance of the type its readers were made for:
///    the compiler emits a row's slots only inside that row's loop, and `ListReader` lends rows for the whole of it.
/// 2. The program counter stays inside the instructions: targets are made by the compiler, never by data.
/// 3. A render can't fail, and changes nothing but its own output: programs are shared between threads.
struct Renderer {
    private let program: Program
    private let instructions: UnsafeBufferPointer<Instruction>
    private let literals: UnsafeBufferPointer<UInt8>
    private let frames: UnsafeMutableBufferPointer<Instance>
    /// Where the value of the address attribute being written starts in the output.
    private var addressStart = 0

    /// Renders a whole page; the pointers are to the shared view and the model that the program was compiled for.
    static func render(_ program: Program, shared: Instance, model: Instance, capacity: Int) -> [UInt8] {
        withUnsafeTemporaryAllocation(of: Instance.self, capacity: program.frames) { frames in
            // Frames of loops are set when the loop starts; until then any valid pointer will do.
            frames.initialize(repeating: shared)
            frames[1] = model
            return program.instructions.withUnsafeBufferPointer { instructions in
                program.literals.withUnsafeBufferPointer { literals in
                    var renderer = Renderer(
                        program: program,
                        instructions: instructions,
                        literals: literals,
                        frames: frames
                    )
                    return Output.build(capacity: capacity) { output in
                        renderer.run(from: 0, to: instructions.count, into: &output)
                    }
                }
            }
        }
    }

    private init(
        program: Program,
        instructions: UnsafeBufferPointer<Instruction>,
        literals: UnsafeBufferPointer<UInt8>,
        frames: UnsafeMutableBufferPointer<Instance>
    ) {
        self.program = program
        self.instructions = instructions
        self.literals = literals
        self.frames = frames
    }

    private mutating func run(from start: Int, to end: Int, into output: inout Output) {
        var counter = start
        while counter < end {
            let instruction = instructions[counter]
            counter += 1
            switch instruction {
            case .literal(let start, let count):
                append(LiteralRange(start: start, count: count), to: &output)
            case .text(let slot, let escaping):
                if let text = text(slot) { output.append(text, escaping: escaping) }
            case .int(let slot):
                if let number = int(slot) { output.append(number) }
            case .date(let slot, let style):
                if let date = date(slot) { output.append(date: date, style: style) }
            case .addressStart(let back):
                addressStart = output.count - Int(back)
            case .addressEnd:
                output.checkAddress(from: addressStart)
            case .jump(let target):
                counter = Int(target)
            case .jumpIf(let test, let target):
                if holds(program.tests[Int(test)]) { counter = Int(target) }
            case .jumpUnless(let test, let target):
                if !holds(program.tests[Int(test)]) { counter = Int(target) }
            case .loop(let index):
                counter = run(program.loops[Int(index)], from: counter, into: &output)
            case .html(let slot):
                if let text = text(slot) { output.append(raw: text) }
            case .size(let slot):
                if let number = int(slot) { output.append(size: number) }
            case .plural(let slot, let one, let many):
                if let number = int(slot) {
                    output.append(number)
                    output.append(UInt8(ascii: " "))
                    append(number == 1 ? one : many, to: &output)
                }
            case .jsonText(let slot):
                quoted(text(slot) != nil, into: &output) { output in
                    if let text = text(slot) { output.append(text, escaping: .jsonString) }
                }
            case .jsonDate(let slot):
                let date = date(slot)
                quoted(date != nil, into: &output) { output in
                    if let date { output.append(date: date, style: .iso) }
                }
            case .jsonInt(let slot):
                if let number = int(slot) { output.append(number) } else { output.append(raw: "null") }
            case .jsonBool(let slot):
                let reader = program.bools[Int(slot)]
                output.append(raw: reader.read(frames[reader.frame]) ? "true" : "false")
            }
        }
    }

    /// Runs the body for each row; gives the instruction to go on with.
    private mutating func run(_ loop: Loop, from start: Int, into output: inout Output) -> Int {
        var next = loop.otherwise
        loop.list(frames[loop.frame]) { rows, count in
            guard let rows, count > 0 else { return }
            next = loop.end
            var state = LoopState(index: 0, count: count)
            withUnsafeMutablePointer(to: &state) { state in
                frames[loop.rowFrame + 1] = Instance(state)
                for index in 0..<count {
                    state.pointee.index = index
                    frames[loop.rowFrame] = rows + index * loop.stride
                    run(from: start, to: loop.bodyEnd, into: &output)
                }
            }
        }
        return next
    }

    @inline(__always)
    private func text(_ slot: UInt32) -> String? {
        let slot = program.texts[Int(slot)]
        return slot.read(frames[slot.frame])
    }

    @inline(__always)
    private func int(_ slot: UInt32) -> Int? {
        let slot = program.ints[Int(slot)]
        return slot.read(frames[slot.frame])
    }

    @inline(__always)
    private func date(_ slot: UInt32) -> Double? {
        let slot = program.dates[Int(slot)]
        return slot.read(frames[slot.frame])
    }

    @inline(__always)
    private func append(_ range: LiteralRange, to output: inout Output) {
        let start = Int(range.start)
        output.append(UnsafeBufferPointer(rebasing: literals[start..<start + Int(range.count)]))
    }

    private func quoted(_ isPresent: Bool, into output: inout Output, _ body: (inout Output) -> Void) {
        guard isPresent else { return output.append(raw: "null") }
        output.append(UInt8(ascii: "\""))
        body(&output)
        output.append(UInt8(ascii: "\""))
    }

    private func holds(_ test: Test) -> Bool {
        switch test {
        case .bool(let slot):
            let slot = program.bools[slot]
            return slot.read(frames[slot.frame])
        case .textIsFilled(let slot): return text(UInt32(slot)).map { !$0.isEmpty } ?? false
        case .textEquals(let slot, let literal): return text(UInt32(slot)).map { $0 == literal } ?? false
        case .textsAreEqual(let left, let right):
            guard let left = text(UInt32(left)), let right = text(UInt32(right)) else { return false }
            return left == right
        case .intIsPresent(let slot): return int(UInt32(slot)) != nil
        case .intIsNotZero(let slot): return int(UInt32(slot)) ?? 0 != 0
        case .intEquals(let slot, let literal): return int(UInt32(slot)) == literal
        case .intsAreEqual(let left, let right):
            guard let left = int(UInt32(left)), let right = int(UInt32(right)) else { return false }
            return left == right
        case .dateIsPresent(let slot): return date(UInt32(slot)) != nil
        case .recordIsPresent(let frame, let read):
            var isPresent = false
            read(frames[frame]) { _ in isPresent = true }
            return isPresent
        case .listHasRows(let frame, let read):
            var hasRows = false
            read(frames[frame]) { _, count in hasRows = count > 0 }
            return hasRows
        }
    }
}
