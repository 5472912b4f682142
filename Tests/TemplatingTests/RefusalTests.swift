import Templating
import Testing

@Suite("A mistake")
struct RefusalTests {
    @Test("is told with file, line and column, in words, and with a hint")
    func place() throws {
        let error = try #require(try refusal("<p>\n  é{{ texd }}\n</p>"))
        #expect(error.file == "page.html")
        #expect(error.line == 2)
        #expect(error.column == 7)
        #expect(error.message == "There is nothing called \"texd\" here.")
        #expect(error.hint == "Did you mean \"text\"?")
        #expect("\(error)" == "page.html:2:7: There is nothing called \"texd\" here. Did you mean \"text\"?")
        #expect(try refusal("{{ zzzzzz }}")?.hint?.contains("There are: code, count, data") == true)
    }

    @Test("in a partial is told with the place that included it")
    func inPartial() throws {
        let others = ["inner": "<b>\n{{ txet }}</b>", "outer": "{% include \"inner\" with text=\"a\" %}"]
        let error = try #require(try refusal("\n{% include \"outer\" %}", with: others))
        #expect(error.file == "inner.html" && error.line == 2 && error.column == 4)
        #expect(error.hint == "Did you mean \"text\"?")
        #expect(error.includedFrom == ["outer.html:1:12", "page.html:2:12"])
        #expect("\(error)".hasSuffix("(included from outer.html:1:12, from page.html:2:12)"))
        let unknown = try refusal("{% include \"outer\" %}", with: ["outer": "{{ count }}"])
        #expect(unknown?.hint == "A partial sees its arguments and \"site\"; here are: site.")
    }

    @Test(
        "in a name or a type is found when the page is made",
        arguments: [
            ("{{ owner.nam }}", "\"owner\" has no \"nam\". Did you mean \"name\"?"),
            ("{{ text.length }}", "\"text\" is a text and has no parts."),
            ("{{ guest.name.x }}", "\"guest.name\" is an optional text and has no parts."),
            ("{{ isOpen }}", "A yes or no can't be printed."),
            ("{{ true }}", "A yes or no can't be printed."),
            ("{{ owner }}", "A record can't be printed."),
            ("{{ site }}", "A record can't be printed."),
            ("{{ tags }}", "A list can't be printed."),
            ("{{ entries }}", "A list can't be printed."),
            ("{{ when }}", "A date needs a filter."),
            ("{{ data }}", "JSON can stand in a <script"),
            ("{{ loop.index }}", "\"loop\" has a meaning inside a \"for\" only."),
            ("{{ text | upper }}", "There is no filter \"upper\"."),
            ("{{ when | dat }}", "There is no filter \"dat\". Did you mean \"date\"?"),
            ("{{ text | date }}", "The filter \"date\" needs a date, but this is a text."),
            ("{{ note | bytes }}", "The filter \"bytes\" needs a number, but this is an optional text."),
            ("{{ text | plural(\"a\", \"b\") }}", "The filter \"plural\" needs a number"),
            ("{{ count | plural(\"a\") }}", "\"plural\" needs two words."),
            ("{{ when | date(\"x\") }}", "The filter \"date\" takes no arguments"),
            ("{{ when | url }}", "The filter \"url\" needs a text or a number, but this is a date."),
            ("{{ data | json }}", "The filter \"json\" can't be used in text."),
            ("{% for x in text %}{% endfor %}", "A \"for\" needs a list, but this is a text."),
            ("{% for x in owner %}{% endfor %}", "A \"for\" needs a list, but this is a record."),
            ("{% for x in \"a\" %}{% endfor %}", "A \"for\" needs a list, but this is a text."),
            ("{% for site in tags %}{% endfor %}", "The name \"site\" is taken."),
            ("{% for loop in tags %}{% endfor %}", "The name \"loop\" is taken."),
            ("{% for x in tags %}{% endfor %}{{ x }}", "There is nothing called \"x\" here."),
            ("{% for x in tags %}{{ x.y }}{% endfor %}", "\"x\" is a text and has no parts."),
            ("{% for x in tags %}{% else %}{{ loop.index }}{% endfor %}", "\"loop\" has a meaning inside"),
            ("{% if text == 3 %}{% endif %}", "A text can't be compared with a number."),
            ("{% if isOpen == true %}{% endif %}", "A yes or no can't be compared with a yes or no."),
            ("{% if false %}{{ nothing }}{% endif %}", "There is nothing called \"nothing\" here."),
        ]
    )
    func names(template: String, expected: String) throws {
        let error = try #require(try refusal(template))
        #expect("\(error)".contains(expected))
    }

    @Test(
        "in the syntax is found when the files are read",
        arguments: [
            ("a{{ text", "1:2: This tag is never closed."),
            ("a{% if text", "1:2: This tag is never closed."),
            ("{# a", "1:1: This comment is never closed."),
            ("{{ text }", "1:9: The character \"}\" has no meaning inside a tag. Is the \"}}\" missing?"),
            ("{{ text %}", "The character \"%\" has no meaning"), ("{{ <p> }}", "\"<\" has no meaning"),
            ("{{ \"a }}", "This text is never closed."), ("{{ \"a\n\" }}", "This text is never closed."),
            ("{{ 'a' }}", "A text is written in double quotes here."), ("{{ \"\\n\" }}", "Only \\\" and \\\\"),
            ("{{ 99999999999999999999 }}", "This number is too large."),
            ("{{ }}", "Here should be a name or a literal"),
            ("{{ text count }}", "The tag should end here, but \"count\" follows."),
            ("{{ text. }}", "a name after the dot"), ("{{ text | }}", "a filter's name"),
            ("{{ text | url | path }}", "A value takes one filter only."),
            ("{{ text == note }}", "{{ … }} prints a value; it can't ask."),
            ("{{ count | plural(\"a\" \"b\") }}", "Here should be \",\" or \")\""),
            ("{{ a ! b }}", "\"!\" has no meaning"),
            ("{% %}", "Here should be a tag's name"), ("{% fi %}", "There is no tag \"fi\". Did you mean \"if\"?"),
            ("{% if %}{% endif %}", "a name or a literal"), ("{% if text %}", "1:1: This \"if\" is never closed."),
            ("{% if text = note %}{% endif %}", "Compare with \"==\"."),
            ("{% if (text %}{% endif %}", "Here should be \")\""),
            ("{% if text %}{% else %}{% elif note %}{% endif %}", "nothing open that \"elif\" could belong to"),
            ("{% if text %}{% endfor %}", "nothing open that \"endfor\" could belong to"),
            ("{% endif %}", "nothing open that \"endif\" could belong to"),
            ("{% if text %}{% endif text %}", "The tag should end here"),
            ("{% for in tags %}{% endfor %}", "can't be a name"),
            ("{% for x of tags %}{% endfor %}", "Here should be \"in\", not \"of\"."),
            ("{% for x in tags %}", "This \"for\" is never closed."),
            ("{% block %}{% endblock %}", "a name for the block"),
            ("{% block a %}", "This \"block\" is never closed."),
            (
                "{% block a %}{% endblock %}\n{% block a %}{% endblock %}",
                "2:1: There is a block \"a\" already, on line 1."
            ),
            ("{% include page %}", "the partial's name in double quotes"),
            ("{% include \"x\" a=1 %}", "Here should be \"with\""),
            ("{% include \"x\" with a %}", "Here should be \"=\""), ("{% include \"x\" with %}", "an argument's name"),
            ("{% include \"x\" with a=1 a=2 %}", "The argument \"a\" is given twice."),
            ("{% include \"x\" with a=when | date %}", "An argument takes no filter."),
            ("a{% extends \"x\" %}", "\"extends\" stands once, before everything else"),
            ("{% if text %}{% extends \"x\" %}{% endif %}", "\"extends\" stands once"),
            ("{% extends \"x\" %}{% extends \"x\" %}", "\"extends\" stands once"),
            ("{% extends \"x\" %}\nstray", "2:1: A template that extends a layout says everything inside blocks."),
            ("{% extends \"x\" %}{{ text }}", "says everything inside blocks"),
            ("a\u{0}b", "1:2: The file is not UTF-8 text at this place."),
        ]
    )
    func syntax(template: String, expected: String) throws {
        let error = try #require(try refusal(template))
        #expect("\(error)".contains(expected), "\(error)")
    }

    @Test("of size or depth is refused")
    func limits() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "{% if text %}", count: depth) + String(repeating: "{% endif %}", count: depth)
        }
        #expect(try refusal(nested(60)) == nil)
        #expect(try refusal(nested(80))?.message.contains("nested more than 64 deep") == true)
        let parentheses = String(repeating: "(", count: 100_000)
        #expect(try refusal("{% if \(parentheses) %}")?.message.contains("nested more than 64 deep") == true)
        let nots = String(repeating: "not ", count: 100_000)
        #expect(try refusal("{% if \(nots)text %}{% endif %}")?.message.contains("nested more than 64 deep") == true)
        #expect(try refusal(String(repeating: "a", count: 1 << 20)) == nil)
        #expect(try refusal(String(repeating: "a", count: 1 << 20 + 1))?.message == "The file is larger than 1 MiB.")
        let elifs = String(repeating: "{% elif note %}", count: 5000)
        #expect(try refusal("{% if text %}\(elifs){% endif %}") == nil)
        let ands = String(repeating: " and text", count: 5000)
        #expect(try refusal("{% if text\(ands) %}{% endif %}") == nil)
    }

    @Test("of partials that multiply is refused before it costs much")
    func explosion() throws {
        var others: [String: String] = [:]
        for level in 0..<12 {
            others["p\(level)"] = String(repeating: "{% include \"p\(level + 1)\" %}", count: 10)
        }
        others["p12"] = "{{ site.base }}"
        let error = try refusal("{% include \"p0\" %}", with: others)
        #expect(error?.message == "The page is too large once everything is included.")
    }

    @Test("in a view model is told by its name")
    func viewModel() throws {
        struct Doubled: ViewModel {
            static let fields = Fields<Self>(.int("a") { _ in 1 }, .text("a") { _ in "" })
        }
        let library = try Workshop.with(["page": ""]) { try $0.library() }
        let error = #expect(throws: TemplateError.self) { try library.page("page", for: Doubled.self) }
        #expect(error?.message == "The view model Doubled has two fields called \"a\".")
    }
}
