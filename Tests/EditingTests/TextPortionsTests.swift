import Editing
import Testing

@Suite("Texts that are gone through in portions")
struct TextPortionsTests {
    private let most = 2_097_152

    @Test("are in portions of bounded length, each once and in their order; one alone may be longer")
    func bounded() {
        let lengths = [most + 1, 1, most - 1, 1, 0, 0, most, 0, most + 1, 5]
        let portions = Array(TextPortions(lengths, length: { $0 }).map(Array.init))
        #expect(portions == [[most + 1], [1, most - 1], [1, 0, 0], [most, 0], [most + 1], [5]])
    }

    @Test("are one portion when they have no length, and none when there are none")
    func empty() {
        #expect(Array(TextPortions([0, 0, 0], length: { $0 }).map(\.count)) == [3])
        #expect(Array(TextPortions([Int](), length: { $0 }).map(\.count)) == [])
    }
}
