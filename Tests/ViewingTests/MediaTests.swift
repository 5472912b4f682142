import SiteTesting
import Testing
import Web

@Suite("Files that browsers show")
struct MediaTests {
    private static let page = "<!DOCTYPE html><html><body><script>document.title = 1</script></body></html>"

    /// A project of ada's with these files in it.
    private func project(_ ada: TestClient, _ files: [Sent]) throws -> [String: TestFile] {
        let project = try ada.makeProject("Night sky")
        _ = try ada.send(files, to: "/projects/\(project)/uploads")
        return Dictionary(uniqueKeysWithValues: try ada.files(of: project).map { ($0.path, $0) })
    }

    private func expectHarmless(_ answer: TestAnswer, _ name: String) {
        let policy = answer.header("Content-Security-Policy") ?? ""
        #expect(policy.hasPrefix("sandbox; default-src 'none';") && !policy.contains("allow"), "\(name)")
        #expect(answer.header("X-Content-Type-Options") == "nosniff", "\(name)")
        #expect(answer.header("Cross-Origin-Resource-Policy") == "same-origin", "\(name)")
        #expect(answer.header("Cache-Control") == "private, no-cache", "\(name)")
        #expect(answer.header("Set-Cookie") == nil, "\(name)")
    }

    @Test("What a name and the first bytes say is shown as that, in a sandbox, and only to whom it belongs")
    func known() throws {
        try TestSite.with { site in
            let (ada, mallory) = (try site.member(.ada), try site.member(.mallory))
            let files = try project(ada, Samples.known.map { Sent($0.name, $0.bytes) })
            ada.forgetFlash()
            for sample in Samples.known {
                let file = try #require(files[sample.name])
                let answer = ada.get("/files/\(file.id)/content")
                #expect(answer.status == 200 && answer.bytes == sample.bytes)
                #expect(answer.header("Content-Type") == sample.type)
                #expect(answer.header("Content-Disposition")?.hasPrefix("inline") == true)
                let frames = sample.name == "a.pdf" ? "'self'" : "'none'"
                let policy = answer.header("Content-Security-Policy")
                #expect(policy?.hasSuffix("frame-ancestors \(frames)") == true)
                expectHarmless(answer, sample.name)
                #expect(mallory.get("/files/\(file.id)/content").status == 404)
            }
        }
    }

    @Test("What is not what its name says is saved and never shown, as HTML least of all")
    func misnamed() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let hostile = Array(Self.page.utf8) + [0xFF, 0xFE]
            let endings = [
                "pdf", "mp4", "png", "svg", "mp3", "webm", "gif", "html", "xhtml", "xml", "js", "css", "swf",
            ]
            var sent = endings.map { Sent("x.\($0)", hostile) }
            // One kind with the name of another, and a PDF that begins as a page.
            sent += [
                Sent("y.png", Samples.made(Array("GIF89a".utf8))), Sent("y.pdf", hostile + Array("%PDF-1.7".utf8)),
            ]
            sent.append(Sent("z.svg", Array("<svgx xmlns='http://www.w3.org/2000/svg'/>".utf8) + [0xFF]))
            let files = try project(ada, sent)
            ada.forgetFlash()
            for (name, file) in files where name != "main.py" {
                let answer = ada.get("/files/\(file.id)/content")
                #expect(answer.status == 200 && answer.header("Content-Type") == "application/octet-stream", "\(name)")
                #expect(answer.header("Content-Disposition")?.hasPrefix("attachment") == true, "\(name)")
                expectHarmless(answer, name)
                let head = ada.send(.head, "/files/\(file.id)/content")
                #expect(head.header("Content-Type") == "application/octet-stream")
            }
        }
    }

    @Test("A drawing is a picture on a page, and saved at its own address; a text that is none has no bytes to show")
    func drawings() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let drawing =
                "<?xml version=\"1.0\"?>\n<!-- a -->\n<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>"
            let files = try project(ada, [Sent("a.svg", drawing), Sent("b.svg", Self.page), Sent("c.html", Self.page)])
            let (real, impostor, html) = (files["a.svg"]?.id ?? 0, files["b.svg"]?.id ?? 0, files["c.html"]?.id ?? 0)
            let answer = ada.get("/files/\(real)/content")
            #expect(answer.status == 200 && answer.text == drawing)
            #expect(answer.header("Content-Type") == "image/svg+xml")
            #expect(answer.header("Content-Disposition")?.hasPrefix("attachment") == true)
            expectHarmless(answer, "a.svg")
            let view = ada.get("/files/\(real)/picture")
            #expect(view.status == 200 && view.text.contains("<img class=\"media\" src=\"/files/\(real)/content\""))
            #expect(view.text.contains("&lt;script&gt;1&lt;/script&gt;"))
            #expect(ada.get("/files/\(impostor)/content").header("Content-Type") == "application/octet-stream")
            #expect(ada.get("/files/\(impostor)/picture").status == 404)
            #expect(ada.get("/files/\(html)/content").status == 404)
        }
    }

    @Test("A player gets the part that it asks for, of the version that it has")
    func ranges() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let bytes = Samples.made([0x1A, 0x45, 0xDF, 0xA3], length: 50_000)
            let files = try project(ada, [Sent("a.webm", bytes)])
            let path = "/files/\(files["a.webm"]?.id ?? 0)/content"
            let tag = try #require(ada.get(path).header("ETag"))
            let part = ada.get(path, headers: ["Range": "bytes=40000-40009", "If-Range": tag])
            #expect(part.status == 206 && part.bytes == Array(bytes[40_000..<40_010]))
            #expect(part.header("Content-Range") == "bytes 40000-40009/50000")
            #expect(part.header("Content-Type") == "video/webm")
            expectHarmless(part, "part")
            let none = ada.get(path, headers: ["Range": "bytes=50000-"])
            #expect(none.status == 416 && none.header("Content-Range") == "bytes */50000")
            #expect(ada.get(path, headers: ["Range": "bytes=0-1,3-4"]).bytes.count == 50_000)
            #expect(ada.get(path, headers: ["Range": "bytes=0-1", "If-Range": "\"other\""]).status == 200)
            let known = ada.get(path, headers: ["If-None-Match": tag, "Range": "bytes=0-1"])
            #expect(known.status == 304)
            // A browser takes these over for what it has.
            expectHarmless(known, "known")
            let head = ada.send(.head, path, headers: ["Range": "bytes=0-1"])
            #expect(head.status == 200 && head.header("Accept-Ranges") == "bytes")
            // Under another name it may be of another kind, which whoever has it must be told.
            _ = try ada.submit("\(path.replacing("/content", with: "/path"))", ["path": "a.png"])
            #expect(ada.get(path, headers: ["If-None-Match": tag]).header("Content-Type") == "application/octet-stream")
        }
    }

    @Test("A page may show sound, film or a frame only when it is about a file of that kind")
    func pages() throws {
        try TestSite.with { site in
            let ada = try site.member(.ada)
            let project = try ada.makeProject("Other")
            _ = try ada.send(
                Samples.known.map { Sent($0.name, $0.bytes) } + [Sent("page.pdf", Array(Self.page.utf8) + [0xFF])],
                to: "/projects/\(project)/uploads"
            )
            func policy(_ name: String) -> String {
                let answer = ada.get("/projects/\(project)/files/\(name)")
                #expect(answer.status == 200)
                #expect(answer.text.contains("class=\"media\"") == (name != "page.pdf" && name != "main.py"))
                return answer.header("Content-Security-Policy") ?? ""
            }
            for name in ["a.png", "page.pdf", "main.py"] {
                #expect(!policy(name).contains("frame-src") && !policy(name).contains("media-src"), "\(name)")
            }
            #expect(policy("a.pdf").hasSuffix("; frame-src 'self'"))
            #expect(policy("a.mp3").hasSuffix("; media-src 'self'"))
            #expect(policy("a.mp4").hasSuffix("; media-src 'self'"))
            #expect(policy("a.pdf").contains("frame-ancestors 'none'"))
        }
    }
}
