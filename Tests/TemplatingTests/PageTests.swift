import FoundationEssentials
import Templating
import Testing

@Suite("A page")
struct PageTests {
    @Test("values come from the model, its records and the shared view")
    func values() throws {
        #expect(try render("{{ text }} {{ count }} {{ owner.name }} {{ site.base }}") == "a &amp; b 3 ada /carrel")
        #expect(try render("{{ site.user.name }}{{ \"<lit>\" }}{{ -7 }}") == "ada&lt;lit&gt;-7")
    }

    @Test("what is missing prints nothing")
    func missing() throws {
        #expect(try render("[{{ note }}{{ code }}{{ ended | date }}{{ guest.name }}{{ guest.email }}]") == "[]")
        let filled = Sample(note: "n", code: 0, guest: Person(name: "bo", email: "b@x"))
        #expect(try render("[{{ note }}{{ code }}{{ guest.name }}{{ guest.email }}]", filled) == "[n0bob@x]")
    }

    @Test("a loop gives every row, its number, and whether it is the first or last")
    func loops() throws {
        var sample = Sample()
        sample.entries = [Entry(name: "a"), Entry(name: "<b>"), Entry(name: "c")]
        let template = """
            <ul>
              {% for entry in entries %}
              <li>{{ loop.index }} {{ entry.name }}{% if loop.first %} first{% elif loop.last %} last{% endif %}</li>
              {% else %}
              <li>none</li>
              {% endfor %}
            </ul>

            """
        let rows = "  <li>1 a first</li>\n  <li>2 &lt;b&gt;</li>\n  <li>3 c last</li>\n"
        #expect(try render(template, sample) == "<ul>\n\(rows)</ul>\n")
        #expect(try render(template) == "<ul>\n  <li>none</li>\n</ul>\n")
    }

    @Test("loops nest, and an inner loop still sees the outer row")
    func nestedLoops() throws {
        var sample = Sample(tags: ["x", "y"])
        sample.entries = [
            Entry(name: "src", entries: [Entry(name: "a"), Entry(name: "b")]),
            Entry(name: "doc", entries: []),
            Entry(name: "lib", entries: [Entry(name: "c")]),
        ]
        let inner = "{% for file in entry.entries %}{{ entry.name }}/{{ file.name }}{{ loop.index }} {% endfor %}"
        let template = "{% for entry in entries %}\(inner)[{{ loop.index }}]{% endfor %}"
        #expect(try render(template, sample) == "src/a1 src/b2 [1][2]lib/c1 [3]")
        #expect(
            try render("{% for a in tags %}{% for b in tags %}{{ a }}{{ b }} {% endfor %}{% endfor %}", sample)
                == "xx xy yx yy "
        )
    }

    @Test("a list inside a record that is missing has no rows")
    func listOfNobody() throws {
        let template = "{% for tag in tags %}{{ tag }},{% else %}none{% endfor %}"
        #expect(try render(template, Sample(tags: ["<a>", "b"])) == "&lt;a&gt;,b,")
        #expect(try render(template) == "none")
    }

    @Test(
        "a condition follows the rules of truth",
        arguments: [
            ("isOpen", true), ("not isOpen", false), ("text", true), ("note", false), ("count", true),
            ("code", false), ("entries", false), ("not entries", true), ("tags", false), ("ended", false),
            ("when", true), ("owner", true), ("guest", false), ("site.user", true), ("guest.isAdministrator", false),
            ("markup", true), ("text == \"a & b\"", true), ("text != \"a & b\"", false), ("\"x\" == text", false),
            ("note == \"\"", false), ("note != \"x\"", true), ("note == note", false), ("count == 3", true),
            ("3 != count", false), ("code == 0", false), ("count == count", true), ("code == code", false),
            ("owner.name == site.user.name", true), ("text == owner.name", false),
            ("isOpen and text", true), ("isOpen and note", false), ("note or text", true), ("note or code", false),
            ("not (note or code) and isOpen", true), ("note and code or isOpen", true),
            ("note and (code or isOpen)", false), ("not not isOpen", true), ("true", true), ("false", false),
            ("false or isOpen", true), ("true and note", false), ("\"\"", false), ("0", false), ("1 == 1", true),
            ("\"a\" == \"b\"", false), ("not (isOpen and text and count)", false), ("(note or code or isOpen)", true),
            ("true or note", true), ("false and isOpen", false), ("not false and not note", true),
        ]
    )
    func truth(condition: String, expected: Bool) throws {
        #expect(try render("{% if \(condition) %}yes{% else %}no{% endif %}") == (expected ? "yes" : "no"))
        #expect(try render("{% if not (\(condition)) %}no{% else %}yes{% endif %}") == (expected ? "yes" : "no"))
    }

    @Test("an optional number is true when it is there, also when it is 0; an optional text must hold something")
    func presence() throws {
        let template = "{% if code %}code{% endif %}{% if note %}note{% endif %}{% if ended %}ended{% endif %}"
        #expect(try render(template, Sample(note: "", code: 0, ended: Date(timeIntervalSince1970: 0))) == "codeended")
        #expect(try render("{% if count %}some{% endif %}", Sample(count: 0)) == "")
        #expect(try render("{% if guest %}{{ guest.name }}{% endif %}", Sample(guest: Person(name: "bo"))) == "bo")
        let visits = "{% if guest.visits %}{{ guest.visits }}{% else %}none{% endif %}"
        for (guest, words) in [(nil, "none"), (Person(name: "bo"), "none"), (Person(name: "bo", visits: 2), "2")] {
            #expect(try render(visits, Sample(guest: guest)) == words)
        }
        #expect(try render("{% if code == 0 %}zero{% endif %}", Sample(code: 0)) == "zero")
    }

    @Test("the first branch that holds is taken, and only that")
    func branches() throws {
        let template = "{% if note %}1{% elif code %}2{% elif isOpen %}3{% elif text %}4{% else %}5{% endif %}"
        #expect(try render(template) == "3")
        #expect(try render(template, Sample(note: "n", code: 1)) == "1")
        #expect(try render("{% if false %}1{% elif true %}2{% elif isOpen %}3{% else %}4{% endif %}") == "2")
        #expect(try render("{% if isOpen %}1{% elif true %}2{% else %}3{% endif %}", Sample(isOpen: false)) == "2")
    }

    @Test("a tag or comment alone on its line leaves no line")
    func lines() throws {
        let template = "a\n  {% if isOpen %}  \n  b\n\t{# one\n two #}\n  {% endif %}\r\nc {# inline #}\n"
        #expect(try render(template) == "a\n  b\nc \n")
        #expect(
            try render("{# top #}\nx\n{% if isOpen %}{# both #} {% endif %}\ny{% if isOpen %}\n{% endif %}z")
                == "x\ny\nz"
        )
    }

    @Test("braces that open nothing are text, and a text may hold the signs of a tag")
    func braces() throws {
        #expect(try render("{ } {a} %} }} # {{ \"{{ }} \\\" \\\\\" }}") == "{ } {a} %} }} # {{ }} &quot; \\")
        #expect(try render("\u{FEFF}x") == "x")
    }

    @Test("a large text and many rows outgrow the first guess at the size")
    func growth() throws {
        let long = String(repeating: "<é>&%🙂", count: 20_000)
        let escaped = String(repeating: "&lt;é&gt;&amp;%🙂", count: 20_000)
        #expect(try render("{{ text }}", Sample(text: long)) == escaped)
        let sample = Sample(tags: (0..<5000).map { "row \($0)" })
        let rows = (0..<5000).map { "row \($0)\n" }.joined()
        #expect(try render("{% for tag in tags %}{{ tag }}\n{% endfor %}", sample) == rows)
    }

    @Test("many threads can render one page at once")
    func threads() async throws {
        let library = try Workshop.with(["page": "{% for e in entries %}{{ e.name }}{% endfor %}{{ text }}"]) {
            try $0.library()
        }
        let page = try library.page("page", for: Sample.self)
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<8 {
                group.addTask {
                    let names = (0..<number * 40).map { "\(number)-\($0) & a longer name " }
                    let sample = Sample(text: "t\(number)", entries: names.map { Entry(name: $0) })
                    let expected = names.joined().replacing("&", with: "&amp;") + "t\(number)"
                    return (0..<50).allSatisfy { _ in
                        (try? page.render(sample, shared: Frame())) == Array(expected.utf8)
                    }
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}
