import Templating
import Testing

@Suite("A value in HTML")
struct ContextTests {
    @Test(
        "is refused where escaping can't make it safe",
        arguments: [
            ("<script>var a = \"{{ text }}\"</script>", "A value can't stand inside <script>."),
            ("<script type=\"module\">{{ text }}</script>", "A value can't stand inside <script>."),
            ("<script type=\"application/json\" type=\"x\">{{ text }}</script>", "Inside JSON"),
            ("<script type=\"x\" type=\"application/json\">{{ text | json }}</script>", "inside <script>"),
            ("<script type=\"application/json\">{{ text }}</script>", "Inside JSON a value is printed by the filter"),
            ("<script type=\"application/json\">{{ when | iso }}</script>", "Inside JSON"),
            ("<script type=\"application/json\">{{ count | bytes }}</script>", "Inside JSON"),
            ("<script type=\"application/json\">{{ text | url }}</script>", "Inside JSON"),
            (
                "<script type=\"application/json\">\"{{ text | json }}\"</script>",
                "Inside quotes the filter is not needed."
            ),
            ("<script type=\"application/json\">\"\\{{ text }}\"</script>", "A value can't follow"),
            ("<script type=\"application/json\">\"</scr{{ text }}\"</script>", "A value can't follow"),
            ("<script type=\"{{ text }}\">", "The type decides how a script is read."),
            ("<style>{{ text }}</style>", "A value can't stand inside <style>."),
            ("<STYLE>{{ text }}", "inside <style>"), ("<iframe>{{ text }}", "inside <iframe>"),
            ("<noembed>{{ text }}", "inside <noembed>"), ("<plaintext>", "it never ends"),
            ("<p style=\"{{ text }}\">", "The attribute \"style\" is CSS."),
            ("<p onclick=\"{{ text }}\">", "The attribute \"onclick\" is a script."),
            ("<p ONCLICK=\"{{ text }}\">", "is a script."), ("<img srcset=\"{{ text }}\">", "a list of addresses"),
            ("<iframe srcdoc=\"{{ text }}\">", "a page of its own"),
            ("<meta http-equiv=\"{{ text }}\">", "an instruction to the browser"),
            ("<meta http-equiv=\"refresh\" content=\"0;url={{ text }}\">", "The content of <meta http-equiv>"),
            ("<meta content=\"{{ text }}\" http-equiv=\"refresh\">", "The content of <meta http-equiv>"),
            ("<meta {% if isOpen %}http-equiv=\"refresh\"{% endif %} content=\"{{ text }}\">", "<meta http-equiv>"),
            ("<svg><animate to=\"{{ text }}\">", "<animate> can change any attribute."),
            ("<!-- {{ text }} -->", "A value can't stand inside an HTML comment."),
            ("<!--!>{{ text }}", "HTML comment"), ("<!---!>{{ text }}", "HTML comment"),
            ("<!-- --!->{{ text }}", "HTML comment"),
            ("<!doctype {{ text }}>", "declaration"), ("<p title={{ text }}>", "needs quotes"),
            ("<p title=a{{ text }}>", "needs quotes"), ("<p title= {{ text }}>", "needs quotes"),
            ("<p {{ text }}>", "A value can't be an attribute or part of its name."),
            ("<p a{{ text }}=\"\">", "part of its name"), ("<p a {{ text }}>", "part of its name"),
            ("<{{ text }}>", "A value can't be part of a tag's name."), ("</{{ text }}>", "tag's name"),
            ("<h{{ count }}>", "tag's name"), ("</p class=\"{{ text }}\">", "An end tag has no attributes."),
            ("<textarea></text{{ text }}", "A value can't follow"),
            ("<textarea>{{ markup }}</textarea>", "HTML can't stand"),
            ("<p title=\"{{ markup }}\">", "HTML can't stand inside the attribute \"title\"."),
            ("<a href=\"javascript:{{ text }}\">", "A value can't be part of a \"javascript:\" address."),
            ("<a href=\"data:{{ text }}\">", "\"data:\" address"), ("<a href=\"//{{ text }}\">", "leaves this site"),
            ("<a href=\" {{ text }}\">", "An address can't begin with a space."),
            ("<a href=\"/{% if isOpen %}?a={% endif %}{{ text }}\">", "in the path or the query"),
            ("<a href=\"{{ when | datetime }}\">", "An address can't hold a date with spaces."),
            ("<a href=\"{{ count | bytes }}\">", "makes words for people"),
        ]
    )
    func refused(template: String, expected: String) throws {
        let error = try #require(try refusal(template))
        #expect("\(error)".contains(expected), "\(error)")
    }

    @Test(
        "keeps the document whole: what opens in a branch or a loop closes in it",
        arguments: [
            (
                "{% if isOpen %}<p title=\"{% endif %}a\">",
                "This part ends inside the attribute \"title\", but began in text."
            ),
            ("{% if isOpen %}<p {% else %}<b {% endif %}>", "This part ends inside the tag <p>, but began in text."),
            ("<p{% if isOpen %}>{% endif %}", "This part ends in text, but began inside the tag <p>."),
            ("{% for tag in tags %}<!-- {% endfor %}-->", "This part ends inside an HTML comment"),
            ("{% for tag in tags %}<script>{% endfor %}", "ends inside <script>"),
            ("{% for tag in tags %}{% else %}<title>{% endfor %}", "ends inside <title>"),
            ("<p title='{% if isOpen %}'{% else %}b{% endif %}>", "but began inside the attribute \"title\""),
            ("<p title={% if isOpen %}a{% endif %}>", "An attribute's value with a tag in it needs quotes."),
            ("<{% if isOpen %}p{% endif %}>", "The \"<\" before this tag is not finished."),
            ("<p{% if isOpen %}a{% endif %}>", "A space is missing here, inside the tag <p>."),
            ("<p {% if isOpen %}a{% endif %}b>", "A space is missing here"),
            ("<p {% if isOpen %}on{% endif %}{% if isOpen %}click=\"\"{% endif %}>", "A space is missing here"),
            ("<p {% if isOpen %}title{% endif %}=\"{{ text }}\">", "can't stand here, inside the tag <p>"),
            ("<p {% for tag in tags %} a{% endfor %}>", "A loop can't stand between attributes."),
            ("<script {% if isOpen %}type=\"application/json\"{% endif %}>", "This part ends inside the tag <script>"),
            ("<script type=\"application/json\">{% if isOpen %}\"{% endif %}", "This part ends inside <script>"),
            ("<p>{% include \"other\" %}", "The file ends inside the tag <b>."),
            ("<p", "The file ends inside the tag <p>."),
            ("<!-- ", "The file ends inside an HTML comment."), ("<title>x", "The file ends inside <title>."),
            ("<p {% include \"other\" %}>", "A partial can't be included inside the tag <p>."),
            ("<p title=\"{% include \"other\" %}\">", "A partial can't be included inside the attribute \"title\"."),
            ("{% block a %}<p {% endblock %}>", "This part ends inside the tag <p>"),
        ]
    )
    func junctions(template: String, expected: String) throws {
        let error = try #require(try refusal(template, with: ["other": "<b "]))
        #expect("\(error)".contains(expected), "\(error)")
    }

    @Test(
        "stands in markup that is strict, so that browsers agree with us about it",
        arguments: [
            ("<title><b></title>", "A tag can't stand inside <title>."), ("<textarea></b>", "inside <textarea>"),
            ("<title></titles></title>", "inside <title>"), ("<style><!--", "A tag can't stand inside <style>."),
            ("<svg><script>", "A <script> can't stand inside <svg>"),
            ("<svg>{% if isOpen %}</svg>{% endif %}<script>", "A <script> can't stand inside <svg>"),
            ("<svg a=b/><script>", "A <script> can't stand inside <svg>"),
            ("<p title=\"a\"b>", "A space is missing here"), ("<p \"a\">", "A double quote can't stand here"),
            ("<p a'b>", "\"'\" can't stand here"), ("<p <b>", "\"<\" can't stand here"),
            ("<p =a>", "\"=\" can't stand here"),
            ("<p a=>", "The attribute's value is missing here."), ("<?php ?>", "This is not a tag."),
            ("</>", "not a tag"),
            ("<![CDATA[x]]>", "After \"<!\" only"), ("<!-x>", "After \"<!\" only"),
            ("<script><!-- x</script>", "\"<!\" can't"),
        ]
    )
    func strict(template: String, expected: String) throws {
        let error = try #require(try refusal(template))
        #expect("\(error)".contains(expected), "\(error)")
    }

    @Test(
        "is let in where it is safe",
        arguments: [
            (
                "<svg a=\"b\"/><svg><g/></svg><script></script>{{ count }}",
                "<svg a=\"b\"/><svg><g/></svg><script></script>3"
            ),
            ("<title>a < b <</title>{{ count }}", "<title>a < b <</title>3"),
            ("<p title=\"{{ text }}\" data-a='{{ text }}'>", "<p title=\"&lt;&quot;\" data-a='&lt;&quot;'>"),
            (
                "<p class=\"a{% if isOpen %} b{% endif %}{% for t in tags %} {{ t }}{% endfor %}\">",
                "<p class=\"a b x y\">"
            ),
            ("<option {% if isOpen %}selected{% endif %}>", "<option selected>"),
            ("<option{% if isOpen %} selected{% endif %}{% if note %} x{% endif %}>", "<option selected>"),
            ("<p {% if note %}a{% else %}title=\"{{ count }}\"{% endif %} b>", "<p title=\"3\" b>"),
            ("<input {% if isOpen %}a=\"true\" b=\"{{ count }}-x\"{% endif %}>", "<input a=\"true\" b=\"3-x\">"),
            ("<p a=b c = d e/>{{ count }}", "<p a=b c = d e/>3"),
            ("<!-- <p> -- > --!>{{ count }}", "<!-- <p> -- > --!>3"),
            ("<!-->{{ count }}<!--->{{ count }}", "<!-->3<!--->3"), ("<!DOCTYPE html>{{ count }}", "<!DOCTYPE html>3"),
            ("<script>a < b</scripts></script>{{ count }}", "<script>a < b</scripts></script>3"),
            ("<SCRIPT>x</script\n>{{ count }}", "<SCRIPT>x</script\n>3"),
            ("<textarea>{{ count }}</textarea><b>", "<textarea>3</textarea><b>"),
            ("a < b <3 {{ count }}", "a < b <3 3"),
            (
                "<svg a=\"b\"/><svg><g/></svg><script></script>{{ count }}",
                "<svg a=\"b\"/><svg><g/></svg><script></script>3"
            ),
            ("<title>a < b <</title>{{ count }}", "<title>a < b <</title>3"),
            (
                "<script nonce=\"{{ count }}\" src=\"{{ site.base }}/a.js\"></script>",
                "<script nonce=\"3\" src=\"/carrel/a.js\"></script>"
            ),
            ("<meta http-equiv=\"refresh\" content=\"{{ count }}\">", "<meta http-equiv=\"refresh\" content=\"3\">"),
            ("<meta name=\"csrf-token\" content=\"{{ text }}\">", "<meta name=\"csrf-token\" content=\"&lt;&quot;\">"),
            ("<a href=\"{% if isOpen %}/x{% else %}{{ text }}{% endif %}\">", "<a href=\"/x\">"),
            ("<a href=\"/x{% if isOpen %}?q={{ text }}{% endif %}\">", "<a href=\"/x?q=%3C%22\">"),
            ("<a href=\"javascript:void 0\" title=\"{{ count }}\">", "<a href=\"javascript:void 0\" title=\"3\">"),
            ("<a href=\"/x?since={{ when | iso }}\">", "<a href=\"/x?since=2026-11-23T14:05:09Z\">"),
            ("<a href=https://example.org/ title=\"{{ count }}\">", "<a href=https://example.org/ title=\"3\">"),
        ]
    )
    func accepted(template: String, expected: String) throws {
        #expect(try render(template, Sample(text: "<\"", tags: ["x", "y"])) == expected)
    }
}
