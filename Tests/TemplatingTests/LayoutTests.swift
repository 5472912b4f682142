import Templating
import Testing

@Suite("Layouts and partials")
struct LayoutTests {
    private let layout = "<title>{% block title %}Carrel{% endblock %}</title>\n{% block content %}\n{% endblock %}\n"

    @Test("a page fills the blocks of its layout; a block that it leaves out keeps the layout's content")
    func blocks() throws {
        let page = "{% extends \"shared/layout\" %}\n\n{% block content %}\n<p>{{ text }}</p>\n{% endblock %}\n"
        #expect(try render(page, with: ["shared/layout": layout]) == "<title>Carrel</title>\n<p>a &amp; b</p>\n")
        let titled = page + "{# only a comment #}{% block title %}{{ text }}{% endblock %}"
        #expect(try render(titled, with: ["shared/layout": layout]) == "<title>a &amp; b</title>\n<p>a &amp; b</p>\n")
        #expect(try render("[{% block a %}{{ count }}{% endblock %}]") == "[3]")
    }

    @Test("a layout can extend another; the page has the last word")
    func chain() throws {
        let others = [
            "base": "{% block a %}a0{% endblock %} {% block b %}b0{% endblock %} {% block c %}c0{% endblock %}",
            "middle":
                "{% extends \"base\" %}{% block b %}b1[{% block d %}d1{% endblock %}]{% endblock %}"
                + "{% block c %}c1{% endblock %}",
        ]
        let page = "{% extends \"middle\" %}{% block c %}c2{% endblock %}{% block d %}d2{% endblock %}"
        #expect(try render(page, with: others) == "a0 b1[d2] c2")
    }

    @Test(
        "a layout that can't work is refused",
        arguments: [
            ("{% extends \"layuot\" %}", "There is no template \"layuot\". Did you mean \"layout\"?"),
            (
                "{% extends \"layout\" %}{% block contents %}{% endblock %}",
                "has no block \"contents\". Did you mean \"content\"?"
            ),
            ("{% extends \"page\" %}", "The layouts extend each other in a circle."),
            ("{% extends \"bare\" %}{% block a %}{% endblock %}", "The layout \"bare\" has no block \"a\"."),
            ("{% extends \"knot\" %}{% block b %}{% block a2 %}{% endblock %}{% endblock %}", nil),
        ] as [(String, String?)]
    )
    func broken(page: String, expected: String?) throws {
        let others = ["layout": layout, "bare": "x", "knot": "{% block a %}{% block b %}{% endblock %}{% endblock %}"]
        let error = try refusal(page, with: others)
        #expect((error == nil) == (expected == nil))
        if let expected { #expect("\(try #require(error))".contains(expected)) }
    }

    @Test("blocks that contain each other are refused")
    func knot() throws {
        let others = [
            "base": "{% block a %}{% endblock %}{% block b %}{% endblock %}",
            "middle": "{% extends \"base\" %}{% block a %}{% block b %}{% endblock %}{% endblock %}",
        ]
        let page = "{% extends \"middle\" %}{% block b %}{% block a %}{% endblock %}{% endblock %}"
        #expect(try refusal(page, with: others)?.message == "The block \"a\" contains itself.")
    }

    @Test("a chain of layouts that is too long is refused")
    func longChain() throws {
        var others = ["l12": "x"]
        for level in 0..<12 { others["l\(level)"] = "{% extends \"l\(level + 1)\" %}" }
        #expect(try refusal("{% extends \"l0\" %}", with: others)?.message.contains("more than 8 deep") == true)
    }

    @Test("a partial sees its arguments and the shared view, whatever their type")
    func arguments() throws {
        let others = [
            "field": "<label>{{ label }}{% if error %} <b>{{ error }}</b>{% endif %}</label>\n",
            "list":
                "{% for e in rows %}{{ e.name }}{% if e.name == chosen %}*{% endif %} {% endfor %}{{ person.name }}",
            "flags": "{% if a %}a{% endif %}{% if b %}b{% endif %}{% if c %}c{% endif %}{{ n }}{{ site.base }}",
        ]
        let include = "{% include \"field\" with label=\"<Name>\" error=note %}"
        #expect(try render(include, with: others) == "<label>&lt;Name&gt;</label>\n")
        #expect(try render(include, Sample(note: "n"), with: others) == "<label>&lt;Name&gt; <b>n</b></label>\n")
        #expect(try render("<p>\(include)</p>", with: others) == "<p><label>&lt;Name&gt;</label></p>")
        let sample = Sample(entries: [Entry(name: "x"), Entry(name: "y")])
        #expect(
            try render("{% include \"list\" with rows=entries chosen=\"y\" person=site.user %}", sample, with: others)
                == "x y* ada"
        )
        #expect(
            try render(
                "{% include \"flags\" with a=not isOpen b=(text == \"a & b\") c=isOpen or note n=7 %}",
                with: others
            )
                == "bc7/carrel"
        )
        let loop = "{% for e in entries %}{% include \"field\" with label=e.name error=\"\" %}{% endfor %}"
        #expect(try render(loop, sample, with: others) == "<label>x</label>\n<label>y</label>\n")
        #expect(try render("<p>\(loop)</p>", sample, with: others) == "<p><label>x</label><label>y</label></p>")
    }

    @Test(
        "a partial that can't work is refused",
        arguments: [
            ("{% include \"filed\" %}", "There is no template \"filed\". Did you mean \"field\"?"),
            ("{% include \"../field\" %}", "There is no template \"../field\"."),
            ("{% include \"field\" %}", "There is nothing called \"label\" here."),
            ("{% include \"field\" with label=nothing %}", "There is nothing called \"nothing\" here."),
            ("{% include \"field\" with label=count site=1 %}", "The name \"site\" is taken."),
            ("{% include \"me\" %}", "\"me\" includes itself."), ("{% include \"you\" %}", "\"you\" includes itself."),
            ("{% include \"page\" %}", "\"page\" includes itself."),
            ("{% include \"full\" %}", "\"full\" extends a layout and so can't be included."),
            ("{% include \"blocky\" %}", "A partial has no blocks."),
        ]
    )
    func brokenPartial(page: String, expected: String) throws {
        let others = [
            "field": "{{ label }}", "me": "{% include \"me\" %}", "you": "{% include \"they\" %}",
            "they": "{% include \"you\" %}", "full": "{% extends \"field\" %}",
            "blocky": "{% block a %}{% endblock %}",
        ]
        #expect("\(try #require(try refusal(page, with: others)))".contains(expected))
    }

    @Test("partials that include each other too deep are refused")
    func deep() throws {
        var others = ["p20": "x"]
        for level in 0..<20 { others["p\(level)"] = "{% include \"p\(level + 1)\" %}" }
        #expect(try refusal("{% include \"p0\" %}", with: others)?.message == "Partials include each other too deep.")
        #expect(try refusal("{% include \"p6\" %}", with: others) == nil)
    }
}
