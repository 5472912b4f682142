/// The bytes of a page while they are written.
///
/// It starts in memory lent by the array that will be the result, sized by the page's last render, and moves to memory
/// of its own only when that is too small: the usual page is written once and never copied.
struct Output: ~Copyable {
    private(set) var base: UnsafeMutablePointer<UInt8>
    private(set) var count = 0
    private var capacity: Int
    private var isLent = true

    private init(lent buffer: UnsafeMutableBufferPointer<UInt8>, base: UnsafeMutablePointer<UInt8>) {
        self.base = base
        capacity = buffer.count
    }

    deinit {
        if !isLent { base.deallocate() }
    }

    /// The bytes that `body` writes. `capacity` is a guess; a good one saves a copy.
    static func build(capacity: Int, _ body: (inout Output) -> Void) -> [UInt8] {
        var moved: [UInt8]?
        let bytes = [UInt8](unsafeUninitializedCapacity: max(capacity, 64)) { buffer, count in
            guard let base = buffer.baseAddress else { return }
            var output = Output(lent: buffer, base: base)
            body(&output)
            if output.isLent {
                count = output.count
            } else {
                moved = Array(UnsafeBufferPointer(start: output.base, count: output.count))
            }
        }
        return moved ?? bytes
    }

    /// Makes room for `more` bytes and says where they go; `advance` then counts those written.
    @inline(__always)
    mutating func room(for more: Int) -> UnsafeMutablePointer<UInt8> {
        if capacity - count < more { grow(more) }
        return base + count
    }

    @inline(__always)
    mutating func advance(by written: Int) {
        count += written
    }

    @inline(never)
    private mutating func grow(_ more: Int) {
        let larger = max(capacity * 2, count + more)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        moved.update(from: base, count: count)
        if !isLent { base.deallocate() }
        base = moved
        capacity = larger
        isLent = false
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        room(for: 1).pointee = byte
        advance(by: 1)
    }

    @inline(__always)
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let start = bytes.baseAddress else { return }
        room(for: bytes.count).update(from: start, count: bytes.count)
        advance(by: bytes.count)
    }

    mutating func append(raw text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    mutating func append(_ number: Int) {
        let room = room(for: 20)
        var magnitude = number.magnitude
        var length = number < 0 ? 2 : 1
        var ten: UInt = 10
        while magnitude >= ten, length < 20 {
            length += 1
            let (next, isOver) = ten.multipliedReportingOverflow(by: 10)
            if isOver { break }
            ten = next
        }
        var index = length - 1
        repeat {
            let (rest, digit) = magnitude.quotientAndRemainder(dividingBy: 10)
            room[index] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: digit)
            magnitude = rest
            index -= 1
        } while magnitude > 0
        if number < 0 { room[0] = UInt8(ascii: "-") }
        advance(by: length)
    }

    /// Takes back everything from `start` on.
    mutating func truncate(to start: Int) {
        count = min(count, start)
    }

    /// The bytes written from `start` on, valid until the next change.
    func bytes(from start: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: base + start, count: count - start)
    }
}
