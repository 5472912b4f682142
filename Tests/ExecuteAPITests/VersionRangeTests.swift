import Testing

@testable import ExecuteAPI

@Suite("A version range")
struct VersionRangeTests {
    @Test(
        "takes what npm takes",
        arguments: [
            ("*", "3.11.2", true), ("", "3.11.2", true), ("x", "0.0.0", true), ("3", "3.11.2", true),
            ("3", "4.0.0", false), ("3.x", "3.0.0", true), ("3.x", "2.9.9", false), ("3.11", "3.11.9", true),
            ("3.11", "3.12.0", false), ("3.11.2", "3.11.2", true), ("3.11.2", "3.11.3", false),
            ("=3.11.2", "3.11.2", true), ("v3.11.2", "3.11.2", true), ("^3.1", "3.11.2", true),
            ("^3.12", "3.11.2", false), ("^3.1.4", "4.0.0", false), ("^0.2.3", "0.2.9", true),
            ("^0.2.3", "0.3.0", false), ("^0.0.3", "0.0.4", false), ("^0", "0.9.0", true), ("^0.0", "0.0.9", true),
            ("^0.0", "0.1.0", false), ("~3.11.2", "3.11.9", true), ("~3.11.2", "3.12.0", false),
            ("~3", "3.99.0", true), ("~3", "4.0.0", false), (">=3 <4", "3.11.2", true), (">=3 <4", "4.0.0", false),
            (">3.10", "3.10.9", false), (">3.10", "3.11.0", true), ("<=3.11", "3.11.9", true),
            ("<=3.11", "3.12.0", false), ("<3", "3.0.0", false), ("2 || 3", "3.1.0", true),
            ("2 || 4", "3.1.0", false), ("~*", "1.2.3", true),
        ]
    )
    func contains(range: String, version: String, isIn: Bool) throws {
        #expect(try #require(VersionRange(range)).contains(#require(SemanticVersion(version))) == isIn)
    }

    @Test("is nothing else", arguments: ["latest", "3.eleven", "-1", "^", "3..1", "!3", "> 3", "3;4"])
    func refuses(text: String) {
        // `^` and `> 3` are a sign without a number and a sign apart from its number.
        #expect(VersionRange(text) == nil)
    }

    @Test("what a compiler calls its version is three numbers")
    func versions() {
        #expect(SemanticVersion("12.2.0")?.description == "12.2.0")
        #expect(SemanticVersion("5.2")?.description == "5.2.0")
        #expect(SemanticVersion("2.2.9.debian")?.description == "2.2.9")
        #expect(SemanticVersion("1.2.3-4")?.description == "1.2.3")
        #expect(SemanticVersion("x") == nil)
    }
}

@Suite("A rate limiter")
struct RateLimiterTests {
    @Test("gives a burst, then one at a time, and each their own")
    func burst() {
        var limiter = RateLimiter<String>()
        let start = ContinuousClock.now
        func wait(_ key: String, _ seconds: Double) -> Int? {
            limiter.wait(key, perSecond: 2, atOnce: 4, at: start + .milliseconds(Int(seconds * 1000)))
        }
        for _ in 0..<4 { #expect(wait("ada", 0) == nil) }
        #expect(wait("ada", 0) == 1)
        #expect(wait("grace", 0) == nil)
        #expect(wait("ada", 0.6) == nil)
        #expect(wait("ada", 0.6) == 1)
        // What is not used is saved up to the burst, not more.
        for _ in 0..<4 { #expect(wait("ada", 60) == nil) }
        #expect(wait("ada", 60) == 1)
    }
}
