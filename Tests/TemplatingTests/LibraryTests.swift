import FoundationEssentials
import Templating
import Testing

@Suite("A library")
struct LibraryTests {
    @Test("finds templates in all folders, and leaves other and hidden files alone")
    func walk() throws {
        try Workshop.with(["accounts/sign-in": "in", "a/b/c": "deep", "page": ""]) { workshop in
            try workshop.write("{{ broken", as: "accounts/sign-in.js")
            try workshop.write("{{ broken", as: ".hidden.html")
            try workshop.write("{{ broken", as: ".git/x.html")
            try FileManager.default.createDirectory(
                atPath: workshop.directory + "/folder.html",
                withIntermediateDirectories: true
            )
            let library = try workshop.library()
            #expect(library.names == ["a/b/c", "accounts/sign-in", "page"])
            #expect(
                try library.page("accounts/sign-in", for: Sample.self).render(Sample(), shared: Frame())
                    == Array("in".utf8)
            )
            let error = #expect(throws: TemplateError.self) { try library.page("accounts/sign-on", for: Sample.self) }
            #expect(error?.hint == "Did you mean \"accounts/sign-in\"?")
        }
    }

    @Test("throws the first mistake in any file, and when there is no such directory")
    func mistakes() throws {
        try Workshop.with(["b": "{{ b", "a": "\n{{ a", "c": ""]) { workshop in
            let error = #expect(throws: TemplateError.self) { try workshop.library() }
            #expect(error?.file == "a.html" && error?.line == 2)
        }
        #expect(throws: TemplateError.self) { try Workshop(directory: "/nowhere/at/all").library() }
    }

    @Test("refuses a file that is not UTF-8", arguments: [[0x61, 0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80]])
    func notText(bytes: [UInt8]) throws {
        try Workshop.with([:]) { workshop in
            try Data(bytes).write(to: URL(filePath: workshop.directory + "/page.html"))
            let error = #expect(throws: TemplateError.self) { try workshop.library() }
            #expect(error?.message == "The file is not UTF-8 text at this place.")
        }
    }

    @Test("refuses to render with another shared view than it was made for")
    func otherShared() throws {
        let page = try Workshop.with(["page": "x"]) { try $0.library().page("page", for: Sample.self) }
        #expect(throws: TemplateError.self) { try page.render(Sample(), shared: Person(name: "ada")) }
    }

    @Test("does not look at its files again unless it reloads")
    func frozen() throws {
        try Workshop.with(["page": "one"]) { workshop in
            let page = try workshop.library().page("page", for: Sample.self)
            try workshop.write("second", as: "page.html")
            #expect(try page.render(Sample(), shared: Frame()) == Array("one".utf8))
        }
    }

    @Test("that reloads shows changes in pages, layouts and partials, also in ones that are new")
    func reload() throws {
        try Workshop.with(["page": "{% extends \"layout\" %}", "layout": "one"]) { workshop in
            let library = try workshop.library(reload: true)
            let page = try library.page("page", for: Sample.self)
            func shown() throws -> String {
                String(decoding: try page.render(Sample(), shared: Frame()), as: UTF8.self)
            }
            #expect(try shown() == "one")
            try workshop.write("two: {% include \"new/part\" %}", as: "layout.html")
            #expect(throws: TemplateError.self) { try shown() }
            try workshop.write("part", as: "new/part.html")
            #expect(try shown() == "two: part")
            #expect(library.names == ["layout", "new/part", "page"])
            try workshop.write("alone: {{ text }}", as: "page.html")
            #expect(try shown() == "alone: a &amp; b")
        }
    }

    @Test("that reloads throws while a file is broken and recovers when it is mended")
    func broken() throws {
        try Workshop.with(["page": "one {% include \"part\" %}", "part": "x", "other": "fine"]) { workshop in
            let library = try workshop.library(reload: true)
            let page = try library.page("page", for: Sample.self)
            let other = try library.page("other", for: Sample.self)
            try workshop.write("{{ broken", as: "part.html")
            for _ in 0..<2 {
                let error = #expect(throws: TemplateError.self) { try page.render(Sample(), shared: Frame()) }
                #expect(error?.file == "part.html")
                #expect(try other.render(Sample(), shared: Frame()) == Array("fine".utf8))
            }
            try workshop.write("{{ site.bas }}", as: "part.html")
            #expect(throws: TemplateError.self) { try page.render(Sample(), shared: Frame()) }
            try workshop.write("mended", as: "part.html")
            #expect(try page.render(Sample(), shared: Frame()) == Array("one mended".utf8))
        }
    }
}
