import Synchronization

/// A page as the renderer runs it: instructions that name everything by number.
///
/// A *slot* is a reader together with the number of the frame it reads from. Frame 0 holds the shared view (`site`),
/// frame 1 the page's own model, and every loop has two more: its row and its `LoopState`.
final class Program: Sendable {
    let instructions: [Instruction]
    /// All literal HTML of the page, one after the other.
    let literals: [UInt8]
    let texts: [Slot<FieldSource.TextReader>]
    let ints: [Slot<FieldSource.IntReader>]
    let bools: [Slot<FieldSource.BoolReader>]
    let dates: [Slot<FieldSource.DateReader>]
    let tests: [Test]
    let loops: [Loop]
    /// How many frames a render needs.
    let frames: Int
    /// A guess at the size of the next render, in bytes: that of the last one and a little more.
    private let size: Atomic<Int>

    init(_ draft: ProgramDraft) {
        instructions = draft.instructions
        literals = draft.literals
        texts = draft.texts
        ints = draft.ints
        bools = draft.bools
        dates = draft.dates
        tests = draft.tests
        loops = draft.loops
        frames = draft.frames
        size = Atomic(draft.literals.count + 1024)
    }

    func render(shared: Instance, model: Instance) -> [UInt8] {
        let bytes = Renderer.render(self, shared: shared, model: model, capacity: size.load(ordering: .relaxed))
        size.store(bytes.count + bytes.count / 8 + 64, ordering: .relaxed)
        return bytes
    }
}

struct Slot<Reader: Sendable>: Sendable {
    var frame: Int
    var read: Reader
}

/// One step of a program. Numbers index the program's tables; targets are instruction numbers.
enum Instruction: Sendable, Equatable {
    case literal(start: UInt32, count: UInt32)
    case text(UInt32, Escaping)
    /// A text as a JSON string with its quotes, or `null`.
    case jsonText(UInt32)
    /// A text written as it is: HTML that trusted code made.
    case html(UInt32)
    case int(UInt32)
    /// A number, or `null`.
    case jsonInt(UInt32)
    /// `true` or `false`.
    case jsonBool(UInt32)
    case date(UInt32, DateStyle)
    /// A moment as a JSON string in ISO form, or `null`.
    case jsonDate(UInt32)
    case size(UInt32)
    /// A number and the first literal when it is 1, else the second; the literals are already escaped.
    case plural(UInt32, one: LiteralRange, many: LiteralRange)
    /// An address attribute's value starts this many bytes back.
    case addressStart(back: UInt32)
    /// An address attribute's value ends here: check it.
    case addressEnd
    case jump(UInt32)
    case jumpIf(UInt32, UInt32)
    case jumpUnless(UInt32, UInt32)
    /// Runs the instructions up to the loop's end for each row and goes on there; without rows, at its `otherwise`.
    case loop(UInt32)
}

struct LiteralRange: Sendable, Equatable {
    var start: UInt32
    var count: UInt32
}

/// A question whose answer is yes or no; numbers are slots.
enum Test: Sendable {
    case bool(Int)
    case textIsFilled(Int)
    case textEquals(Int, String)
    case textsAreEqual(Int, Int)
    case intIsPresent(Int)
    case intIsNotZero(Int)
    case intEquals(Int, Int)
    case intsAreEqual(Int, Int)
    case dateIsPresent(Int)
    case recordIsPresent(frame: Int, FieldSource.RecordReader)
    case listHasRows(frame: Int, FieldSource.ListReader)
}

struct Loop: Sendable {
    var frame: Int
    var list: FieldSource.ListReader
    var stride: Int
    /// The frame of the row; the next one is that of the `LoopState`.
    var rowFrame: Int
    /// The instruction after the body's last.
    var bodyEnd = 0
    /// Where to go on when there was no row.
    var otherwise = 0
    /// Where to go on after the last row.
    var end = 0
}

/// What a template reads as `loop`.
struct LoopState: ViewModel {
    var index: Int
    var count: Int

    static let fields = Fields<Self>(
        .int("index") { $0.index + 1 },
        .bool("first") { $0.index == 0 },
        .bool("last") { $0.index + 1 == $0.count }
    )
}
