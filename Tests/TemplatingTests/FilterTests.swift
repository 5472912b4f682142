import FoundationEssentials
import Templating
import Testing

@Suite("A filter")
struct FilterTests {
    @Test(
        "a date is written in UTC",
        arguments: [
            (0, "1970-01-01 1970-01-01 00:00 UTC 1970-01-01T00:00:00Z"),
            (1_795_442_709.9, "2026-11-23 2026-11-23 14:05 UTC 2026-11-23T14:05:09Z"),
            (951_827_696, "2000-02-29 2000-02-29 12:34 UTC 2000-02-29T12:34:56Z"),
            (-1, "1969-12-31 1969-12-31 23:59 UTC 1969-12-31T23:59:59Z"),
            (-0.5, "1969-12-31 1969-12-31 23:59 UTC 1969-12-31T23:59:59Z"),
            (4_107_542_399, "2100-02-28 2100-02-28 23:59 UTC 2100-02-28T23:59:59Z"),
            (4_107_542_400, "2100-03-01 2100-03-01 00:00 UTC 2100-03-01T00:00:00Z"),
            (1e30, "9999-12-31 9999-12-31 23:59 UTC 9999-12-31T23:59:59Z"),
            (-1e30, "0000-01-01 0000-01-01 00:00 UTC 0000-01-01T00:00:00Z"),
            (Double.nan, "1970-01-01 1970-01-01 00:00 UTC 1970-01-01T00:00:00Z"),
        ] as [(Double, String)]
    )
    func dates(seconds: Double, expected: String) throws {
        let sample = Sample(when: Date(timeIntervalSince1970: seconds))
        #expect(try render("{{ when | date }} {{ when | datetime }} {{ when | iso }}", sample) == expected)
    }

    @Test("every day of four centuries is the one that the calendar says")
    func calendar() throws {
        let page = try Workshop.with(["page": "{{ when | date }}"]) { try $0.library().page("page", for: Sample.self) }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        for day in stride(from: -70_000, to: 80_000, by: 97) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day], from: date)
            func two(_ number: Int?) -> String { String("0\(number ?? 0)".suffix(2)) }
            let expected = "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day))"
            #expect(try page.render(Sample(when: date), shared: Frame()) == Array(expected.utf8))
        }
    }

    @Test(
        "a number of bytes is written as people read it",
        arguments: [
            (0, "0 bytes"), (1, "1 byte"), (1023, "1023 bytes"), (1024, "1 KB"), (1100, "1.1 KB"), (1536, "1.5 KB"),
            (10_189, "10 KB"), (10_239, "10 KB"), (1_048_063, "1023 KB"), (1_048_064, "1 MB"), (1_048_576, "1 MB"),
            (32_505_856, "31 MB"), (5_368_709_120, "5 GB"), (-1, "-1 byte"), (-2048, "-2 KB"), (Int.max, "8 EB"),
            (Int.min, "-8 EB"), (1_125_899_906_842_624, "1 PB"),
        ]
    )
    func sizes(bytes: Int, expected: String) throws {
        #expect(try render("{{ count | bytes }}", Sample(count: bytes)) == expected)
    }

    @Test("a plural follows the number, and its words are escaped")
    func plurals() throws {
        let template = "{{ count | plural(\"file\", \"files & <b>\") }}"
        #expect(try render(template, Sample(count: 1)) == "1 file")
        #expect(try render(template, Sample(count: 0)) == "0 files &amp; &lt;b&gt;")
        #expect(try render(template, Sample(count: -1)) == "-1 files &amp; &lt;b&gt;")
        #expect(try render("[{{ code | plural(\"a\", \"b\") }}]") == "[]")
    }

    @Test("every number is written with all its digits", arguments: [0, 9, 10, -10, 99, 100, .max, .min, .max / 10])
    func numbers(number: Int) throws {
        #expect(try render("{{ count }}", Sample(count: number)) == "\(number)")
    }

    @Test("a component keeps letters, digits and -._~ only; a path keeps its slashes as well")
    func encoding() throws {
        let sample = Sample(text: "aZ09-._~ /?é%41\"<")
        #expect(try render("{{ text | url }}", sample) == "aZ09-._~%20%2F%3F%C3%A9%2541%22%3C")
        #expect(try render("{{ text | path }}", sample) == "aZ09-._~%20/%3F%C3%A9%2541%22%3C")
        #expect(try render("{{ \"a b\" | url }}{{ count | url }}") == "a%20b3")
    }
}
