import Foundation
import Mustache
import Stencil
import Templating

/// One way to draw the table.
protocol Contestant {
    /// The table.
    func draw() throws -> [UInt8]
    /// Draws it `count` times; gives the time of one in microseconds.
    func time(_ count: Int) throws -> Double
}

extension Contestant {
    func time(_ count: Int) throws -> Double {
        let clock = ContinuousClock()
        var total = 0
        let duration = try clock.measure {
            for _ in 0..<count { total &+= try draw().count }
        }
        // The total is used, so that no drawing can be optimized away.
        precondition(total != 1)
        return duration / .microseconds(1) / Double(count)
    }
}

struct HandWritten: Contestant {
    func draw() -> [UInt8] { handWritten(Row.hundred) }
}

struct Ours: Contestant {
    private let page: Page<TablePage>
    private let table = TablePage(rows: Row.hundred)

    init(templates: String) throws {
        let library = try TemplateLibrary(directory: templates, shared: Nothing.self, as: "site")
        page = try library.page("table", for: TablePage.self)
    }

    func draw() throws -> [UInt8] { try page.render(table, shared: Nothing()) }
}

/// Mustache asks a `MustacheParent` by name, which costs it less than a dictionary or its reflection.
struct MustacheRow: MustacheParent, Sendable {
    let id: Int
    let name, note, link, changed: String

    init(_ row: Row) {
        (id, name, note, link, changed) = (row.id, row.name, row.note, row.link, row.changedText)
    }

    func child(named name: String) -> Any? {
        switch name {
        case "id": id
        case "name": self.name
        case "note": note
        case "link": link
        case "changed": changed
        default: nil
        }
    }
}

struct MustachePeer: Contestant {
    private let template: MustacheTemplate
    private let table: [String: any Sendable] = ["rows": Row.hundred.map(MustacheRow.init)]

    init(templates: String) throws {
        template = try MustacheTemplate(
            string: try String(contentsOfFile: templates + "/table.mustache", encoding: .utf8)
        )
    }

    func draw() -> [UInt8] { Array(template.render(table).utf8) }
}

/// Stencil escapes nothing by itself; the filter does what a site would have to register.
struct StencilPeer: Contestant {
    private let template: Template
    private let table: [String: Any] = ["rows": Row.hundred.map(\.dictionary)]

    init(templates: String) throws {
        let text = try String(contentsOfFile: templates + "/table.stencil", encoding: .utf8)
        let escaping = Extension()
        escaping.registerFilter("escape") { value in
            guard let text = value as? String else { return value }
            var result = ""
            result.reserveCapacity(text.utf8.count + 32)
            for character in text.unicodeScalars {
                switch character {
                case "&": result += "&amp;"
                case "<": result += "&lt;"
                case ">": result += "&gt;"
                case "\"": result += "&quot;"
                case "'": result += "&#39;"
                default: result.unicodeScalars.append(character)
                }
            }
            return result
        }
        template = Environment(extensions: [escaping]).templateClass.init(
            templateString: text,
            environment: Environment(extensions: [escaping])
        )
    }

    func draw() throws -> [UInt8] { Array(try template.render(table).utf8) }
}
