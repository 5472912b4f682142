import Testing

@testable import Templating

/// Templates made by chance, always the same for a seed.
private struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state &* 0x2545_F491_4F6C_DD1D
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &self)]
    }
}

@Suite("No template, however broken,")
struct FuzzTests {
    private static let words = [
        "{{", "}}", "{%", "%}", "{#", "#}", "if", "elif", "else", "endif", "for", "in", "endfor", "block", "endblock",
        "include", "extends", "with", "and", "or", "not", "true", "==", "!=", "=", "|", ".", "(", ")", ",", "\"", "\\",
        "'",
        "text", "note", "count", "code", "isOpen", "when", "ended", "markup", "data", "owner", "guest", "entries",
        "tags",
        "site", "loop", "name", "index", "date", "json", "url", "plural", "\"part\"", "\"layout\"", "\"page\"", "a",
        "1", "-3",
        " ", "\n", "<p>", "<p ", "title=\"", "href=\"", "'", ">", "</", "<", "<!--", "-->", "<script>", "</script>",
        "<script type=\"application/json\">", "<textarea>", "</textarea>", "<style>", "javascript:", "/", "?", "#", "é",
        "\u{0}", "{% if text %}", "{% endif %}", "{% for e in entries %}", "{% endfor %}", "{{ text }}", "{{ e.name }}",
        "{% block a %}", "{% include \"part\" with a=text %}", "{% include \"knot\" with a=(a and a) %}",
    ]

    private static let seeds = [
        """
        {% extends "layout" %}
        {% block a %}
          <ul class="x{% if isOpen %} y{% endif %}">
          {% for e in entries %}
            <li id='{{ loop.index }}'><a href="{{ site.base }}/f/{{ e.name | url }}?q={{ text }}">{{ e.owner.name }}</a>
          {% else %}<li>{{ when | datetime }} {{ count | plural("a", "b") }}{% endfor %}
          </ul>{# done #}
          <option {% if note == "x" and not (code or count != 3) %}selected{% elif guest %}a="{{ text }}"{% endif %}>
          <script type="application/json">{"a":{{ data | json }},"b":"{{ text }}"}</script>
        {% endblock %}
        """,
        "{% include \"part\" with a=text %}<textarea>{{ text }}</textarea><a href='{% if code %}{{ text }}{% endif %}'>",
    ]

    private static let others: [String: Template] = {
        let texts = [
            "layout": "<title>{{ text }}</title>{% block a %}{% endblock %}{% block b %}b{% endblock %}",
            "part": "<b>{{ a }}</b>{% if a %}{% include \"field\" with a=a %}{% endif %}",
            "field": "<i title=\"{{ a }}\">",
            "knot": "{% if a %}{% include \"page\" %}{% endif %}",
        ]
        return texts.reduce(into: [:]) { templates, next in
            templates[next.key] = try? Parser.parse(try Source(name: next.key, bytes: Array(next.value.utf8)))
        }
    }()

    private static let sample = Sample(
        text: "a<b&\"\u{2028}javascript:",
        entries: [Entry(name: "</script>"), Entry(name: "//x")],
        tags: ["x", ""]
    )

    /// Compiles the bytes as a page and renders it if it is accepted; says whether it was.
    private static func survives(_ bytes: [UInt8]) -> Bool {
        do {
            var templates = others
            templates["page"] = try Parser.parse(try Source(name: "page", bytes: bytes))
            let program = try Compiler.compile(
                "page",
                of: templates,
                model: RecordShape(Sample.self),
                shared: ("site", RecordShape(Frame.self))
            )
            _ = withUnsafePointer(to: sample) { model in
                withUnsafePointer(to: Frame()) { program.render(shared: Instance($0), model: Instance(model)) }
            }
            return true
        } catch {
            #expect(error.line >= 1 && error.column >= 1 && !error.message.isEmpty)
            return false
        }
    }

    @Test("crashes the compiler when it is a soup of the language's words", arguments: 1...8)
    func soup(seed: UInt64) {
        var dice = Dice(seed: seed)
        var accepted = 0
        for _ in 0..<1500 {
            let count = Int.random(in: 1...40, using: &dice)
            let text = (0..<count).map { _ in dice.pick(Self.words) }.joined(separator: dice.pick(["", " ", ""]))
            if Self.survives(Array(text.utf8)) { accepted += 1 }
        }
        // A soup that nobody accepts would test the first error message only.
        #expect(accepted > 20)
    }

    @Test("crashes the compiler when it was a good one before some bytes changed", arguments: 1...8)
    func mutation(seed: UInt64) {
        var dice = Dice(seed: seed)
        #expect(Self.seeds.allSatisfy { Self.survives(Array($0.utf8)) })
        var accepted = 0
        for _ in 0..<1000 {
            var bytes = Array(dice.pick(Self.seeds).utf8)
            for _ in 0..<Int.random(in: 1...6, using: &dice) { Self.mutate(&bytes, &dice) }
            if Self.survives(bytes) { accepted += 1 }
        }
        #expect(accepted > 20)
    }

    private static func mutate(_ bytes: inout [UInt8], _ dice: inout Dice) {
        guard !bytes.isEmpty else { return }
        let index = Int.random(in: 0..<bytes.count, using: &dice)
        let end = min(index + Int.random(in: 1...12, using: &dice), bytes.count)
        switch Int.random(in: 0..<6, using: &dice) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &dice)
        case 1: bytes.removeSubrange(index..<end)
        case 2: bytes.insert(contentsOf: dice.pick(words).utf8, at: index)
        case 3: bytes.insert(contentsOf: bytes[index..<end], at: Int.random(in: 0...bytes.count, using: &dice))
        case 4: bytes.removeSubrange(end...)
        default: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &dice)
        }
    }

    @Test("makes the compiler work without end")
    func bounds() throws {
        let many = String(repeating: " and a", count: 200)
        var templates = ["t16": "{% if a %}{% endif %}"]
        for level in 0..<16 { templates["t\(level)"] = "{% include \"t\(level + 1)\" with a=(a\(many)) %}" }
        let error = try refusal("{% include \"t0\" with a=note %}", with: templates)
        #expect(error?.message == "This condition is too long to be an argument.")
        let nots = String(repeating: "not ", count: 60)
        #expect(try render("{% if \(nots)isOpen %}yes{% endif %}") == "yes")
        let big = String(repeating: "x", count: 1 << 20)
        let lots = "{% if false %}" + String(repeating: "{% include \"big\" %}", count: 10_000) + "{% endif %}"
        #expect(try refusal(lots, with: ["big": big])?.message == "The page is too large once everything is included.")
        let loops = String(repeating: "{% for tag in tags %}", count: 60)
        let ends = String(repeating: "{% endfor %}", count: 60)
        #expect(try refusal("<p title=\"\(loops)x\(ends)\">")?.message.contains("too large") == true)
        #expect(try refusal(loops + "x" + ends) == nil)
    }
}
