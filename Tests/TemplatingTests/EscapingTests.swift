import FoundationEssentials
import Templating
import Testing

@Suite("Escaping")
struct EscapingTests {
    @Test("in text and quoted attributes, the five signs of HTML become references at every position of a word")
    func html() throws {
        for length in 0..<20 {
            let plain = String(repeating: "a", count: length)
            for (sign, reference) in [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;")] {
                let sample = Sample(text: plain + sign + plain)
                #expect(try render("{{ text }}", sample) == plain + reference + plain)
            }
        }
        let hostile = Sample(text: "\"><script>alert('x')</script>")
        let safe = "&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"
        #expect(try render("<p title='{{ text }}'>{{ text }}</p>", hostile) == "<p title='\(safe)'>\(safe)</p>")
        #expect(try render("<textarea>\n{{ text }}</textarea>", hostile) == "<textarea>\n\(safe)</textarea>")
        #expect(
            try render("<title>{{ text }}</title>", Sample(text: "</title></textarea>"))
                == "<title>&lt;/title&gt;&lt;/textarea&gt;</title>"
        )
    }

    @Test("only trusted markup is written as it is")
    func markup() throws {
        #expect(try render("<p>{{ markup }}</p>") == "<p><b>bold</b></p>")
        #expect(HTML(escaping: "<b>").text == "&lt;b&gt;")
    }

    @Test(
        "an address that could run code or leave the site by stealth becomes \"#\"",
        arguments: [
            "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "\tjavascript:alert(1)",
            "\u{1}javascript:alert(1)", "java\nscript:alert(1)", "java\tscript:alert(1)", "data:text/html,x",
            "vbscript:x", "file:///etc/passwd", "//evil.example", "///evil.example", "\\\\evil.example",
            "\\/evil.example",
            "\n//evil.example", "blob:x", "x:y", ":", "\u{7F}javascript:x", "javascript&colon:alert(1)",
        ]
    )
    func hostileAddress(address: String) throws {
        let sample = Sample(text: address)
        for name in ["href", "src", "action", "formaction", "poster", "data", "HREF", "xlink:href"] {
            #expect(try render("<a \(name)=\"{{ text }}\">", sample) == "<a \(name)=\"#\">")
        }
        #expect(try render("<a href='{{ note }}{{ text }}'>", sample) == "<a href='#'>")
        #expect(try render("<a href=\"{% if isOpen %}{{ text }}{% endif %}\">", sample) == "<a href=\"#\">")
    }

    @Test("an address can't be put together from harmless pieces into a harmful one")
    func pieces() throws {
        let template = "<a href=\"{{ text }}{{ note }}\">"
        #expect(try render(template, Sample(text: "java", note: "script:alert(1)")) == "<a href=\"#\">")
        #expect(try render(template, Sample(text: "/", note: "/evil.example")) == "<a href=\"#\">")
        #expect(try render("<a href=\"/{{ text }}\">", Sample(text: "/evil.example")) == "<a href=\"#\">")
        #expect(
            try render("<a href=\"/{{ text }}\">", Sample(text: "\\evil.example")) == "<a href=\"/%5Cevil.example\">"
        )
        #expect(try render("<a href=\"java{{ text }}\">", Sample(text: "script:x")) == "<a href=\"#\">")
        #expect(try render("<a href=\"{{ text }}/x\">", Sample(text: "/")) == "<a href=\"#\">")
        #expect(
            try render("<a href=\"{% for tag in tags %}{{ tag }}{% endfor %}\">", Sample(tags: ["javascript", ":x"]))
                == "<a href=\"#\">"
        )
    }

    @Test(
        "an address of this site, the web or mail stays, encoded where needed",
        arguments: [
            ("/projects/7?tab=a&b=%20#x", "/projects/7?tab=a&amp;b=%20#x"),
            ("https://example.org/a b", "https://example.org/a%20b"), ("HTTP://example.org", "HTTP://example.org"),
            ("mailto:ada@example.org", "mailto:ada@example.org"), ("files/x:y", "files/x:y"), ("?q=a:b", "?q=a:b"),
            ("#a:b", "#a:b"), ("", ""), ("a\"b<c>'d'", "a%22b%3Cc%3E%27d%27"), ("ä/100%", "%C3%A4/100%25"),
            ("a%4", "a%254"), ("a%zz", "a%25zz"), ("https://[::1]/", "https://[::1]/"), ("a\\b", "a%5Cb"),
            ("a\u{0}b", "a%00b"),
        ]
    )
    func goodAddress(address: String, expected: String) throws {
        #expect(try render("<a href=\"{{ text }}\">", Sample(text: address)) == "<a href=\"\(expected)\">")
    }

    @Test("inside a path a value can't start a query, and inside a query it is one component")
    func parts() throws {
        let sample = Sample(text: "a/b?c=d&e#f g")
        #expect(try render("<a href=\"/files/{{ text }}\">", sample) == "<a href=\"/files/a/b%3Fc=d&amp;e%23f%20g\">")
        #expect(
            try render("<a href=\"/files?q={{ text }}&amp;n={{ count }}\">", sample)
                == "<a href=\"/files?q=a%2Fb%3Fc%3Dd%26e%23f%20g&amp;n=3\">"
        )
        #expect(
            try render("<a href=\"{{ site.base }}/x/{{ text | url }}\">", sample).contains(
                "/x/a%2Fb%3Fc%3Dd%26e%23f%20g"
            )
        )
        #expect(
            try render("<a href=\"{{ site.base }}/x/{{ text | path }}\">", sample).contains(
                "/x/a/b%3Fc%3Dd%26e%23f%20g"
            )
        )
        #expect(
            try render("<a href=\"{{ site.base }}{{ text }}\">", sample) == "<a href=\"/carrela/b?c=d&amp;e#f%20g\">"
        )
    }

    @Test("an encoded pair is recognized across the portions in which a long address is written")
    func portions() throws {
        for length in 4090...4100 {
            let address = String(repeating: "a", count: length)
            #expect(
                try render("<a href=\"{{ text }}\">", Sample(text: address + "%41é"))
                    == "<a href=\"\(address)%41%C3%A9\">"
            )
        }
    }

    @Test("JSON in a script can end neither the script nor a text, and stays the same JSON")
    func json() throws {
        let text = "</script><!--<script>&\"\\\n\t\u{1}\u{2028}\u{2029}é"
        let quoted = #""\u003C/script\u003E\u003C!--\u003Cscript\u003E\u0026\"\\\u000A\u0009\u0001\u2028\u2029é""#
        let script = "<script type=\"application/json\">"
        #expect(try render(script + "{{ text | json }}</script>", Sample(text: text)) == script + quoted + "</script>")
        #expect(try render(script + "\"{{ text }}\"</script>", Sample(text: text)) == script + quoted + "</script>")
        #expect(try render(script + "{{ data | json }}</script>") == script + #"{"a":"\u003C/script\u003E"}</script>"#)
        #expect(
            try render(script + "[{{ count | json }},{{ code | json }},{{ isOpen | json }},{{ note | json }}]</script>")
                == script + "[3,null,true,null]</script>"
        )
        #expect(
            try render(script + "[{{ when | json }},{{ ended | json }},{{ \"<\" | json }},{{ true | json }}]</script>")
                == script + "[\"2026-11-23T14:05:09Z\",null,\"\\u003C\",true]</script>"
        )
    }

    @Test("JSON written by the engine is read back by a JSON parser as it was, whatever portion a character falls in")
    func jsonRoundTrip() throws {
        for length in 4088...4100 {
            let text = String(repeating: "x", count: length) + "\u{2028}é\u{2029}\"<\\"
            let page = try render("<script type=\"application/json\">[{{ text | json }}]</script>", Sample(text: text))
            let json = page.dropFirst("<script type=\"application/json\">".count).dropLast("</script>".count)
            #expect(!json.contains("\u{2028}"))
            #expect(try JSONDecoder().decode([String].self, from: Data(json.utf8)) == [text])
        }
    }

    @Test("other types of JSON script take JSON too")
    func importMap() throws {
        let template =
            "<script type=\"importmap\" nonce=\"{{ text }}\">{\"imports\":{\"a\":\"{{ site.base }}/a.js\"}}</script>"
        #expect(
            try render(template, Sample(text: "n"))
                == "<script type=\"importmap\" nonce=\"n\">{\"imports\":{\"a\":\"/carrel/a.js\"}}</script>"
        )
    }
}
