import Markdown
import Testing

@Suite("Markdown")
struct MarkdownTests {
    private func html(_ text: String) -> String {
        Markdown.html(
            text,
            link: { $0.hasPrefix("https://") || $0.hasPrefix("ok") ? $0 : nil },
            picture: { $0.hasPrefix("ok") ? "/pictures/\($0)" : nil }
        ) ?? ""
    }

    @Test("Text, lists, code and tables become HTML")
    func kinds() {
        #expect(
            html("# Owls\n\n- *one*\n- `two`\n")
                == "<h1>Owls</h1>\n<ul>\n<li><em>one</em></li>\n<li><code>two</code></li>\n</ul>\n"
        )
        #expect(html("|a|b|\n|-|-|\n|1|2|\n").contains("<td>1</td>"))
        #expect(html("~~gone~~").contains("<del>gone</del>"))
        #expect(html("```python\nif 1 < 2: pass\n```").contains("<code class=\"language-python\">if 1 &lt; 2: pass"))
        #expect(html("\u{0}ä名🦉").contains("ä名🦉"))
        #expect(html("") == "")
    }

    @Test("No address gets in but those that are allowed; what was one stays as words")
    func addresses() {
        #expect(html("[a](https://example.org)").contains("<a href=\"https://example.org\">a</a>"))
        #expect(html("[a](javascript:alert(1))") == "<p>a</p>\n")
        #expect(html("![alt](ok.png \"t\")").contains("<img src=\"/pictures/ok.png\" alt=\"alt\" title=\"t\" />"))
        #expect(html("![alt](https://example.org/x.png)") == "<p><a href=\"https://example.org/x.png\">alt</a></p>\n")
        #expect(html("[![alt](https://example.org/x.png)](ok)") == "<p><a href=\"ok\">alt</a></p>\n")
        #expect(html("![*a* b](data:image/png;base64,xx)") == "<p><em>a</em> b</p>\n")
    }

    @Test(
        "Nothing in a text is active in the page",
        arguments: [
            "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a <b onclick=alert(1)>b</b>",
            "<svg/onload=alert(1)>",
            "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "[a](&#106;avascript:alert(1))",
            "[a](java&#9;script:alert(1))",
            "[a](vbscript:x)", "[a](data:text/html;base64,PHNjcmlwdD4=)", "<javascript:alert(1)>",
            "[a]: javascript:alert(1)\n\n[a]",
            "![a](javascript:alert(1))", "[a](<javascript:alert(1)>)", "[a](\u{1}javascript:alert(1))",
            "```\"onload=alert(1)\nx\n```",
            "[a](https://e.example/\"onmouseover=alert(1))", "![a\"onerror=alert(1)](ok.png)",
            "[a](ok \"t\\\"onclick=alert(1)\")",
            "<a href=\"javascript:alert(1)\">x</a>", "<!-- --><script>alert(1)</script>", "<?php x ?>",
            "<![CDATA[<script>]]>",
            "|<script>|\n|-|\n|<img src=x onerror=y>|\n", "<iframe src=//e.example>", "<style>*{display:none}</style>",
            "<form action=//e.example><input name=_csrf>", "<meta http-equiv=refresh content=0>",
            "<base href=//e.example>",
        ]
    )
    func attacks(text: String) {
        let made = html(text)
        // Every tag that there is, with the attributes in their quotes.
        for tag in made.split(separator: "<").dropFirst() {
            let whole = tag.prefix { $0 != ">" }
            let name = whole.prefix { $0.isLetter || $0.isNumber || $0 == "/" || $0 == "!" }
            #expect(
                [
                    "p", "/p", "a", "/a", "img", "em", "/em", "pre", "/pre", "code", "/code", "table", "/table",
                    "thead",
                    "/thead", "tbody", "/tbody", "tr", "/tr", "th", "/th", "td", "/td", "!",
                ].contains(String(name)),
                "\(made)"
            )
            let outside = whole.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
                .filter { $0.offset.isMultiple(of: 2) }.map { String($0.element) }.joined()
            #expect(!outside.contains("on") || !outside.contains("=alert"), "\(made)")
        }
        #expect(!made.lowercased().contains("href=\"javascript") && !made.lowercased().contains("src=\"javascript"))
    }

    @Test(
        "Texts that are made to take long take seconds at most, at the length that pages render",
        arguments: [
            "_", "*a", "[", "![", "> ", "- ", "`", "<", "a**b", "[a](", "|", "~", "&", "\\", "[x]: y\n", "![[]()",
            "* * * ",
        ]
    )
    func patience(piece: String) {
        let text = String(repeating: piece, count: 60_000 / piece.utf8.count)
        let clock = ContinuousClock()
        let time = clock.measure { _ = html(text) }
        #expect(time < .seconds(4), "\(piece) took \(time)")
    }

    @Test("A small text does not become a huge page")
    func size() {
        let row = String(repeating: "|a", count: 2_000) + "|\n" + String(repeating: "|-", count: 2_000) + "|\n"
        #expect(html(row + String(repeating: "x\n", count: 20_000)).utf8.count < 1_000_000)
        let reference = "[a]: https://e.example/" + String(repeating: "x", count: 20_000) + "\n\n"
        let uses = String(repeating: "[a]", count: 10_000)
        #expect(Markdown.html(reference + uses, link: { $0 }, picture: { $0 }) == nil)
        #expect(html("[a]: https://e.example/x\n\n[a] [a]").split(separator: "href").count == 3)
    }
}
