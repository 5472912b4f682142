import Foundation
import Templating

/// One row of the table that every engine draws.
struct Row: ViewModel {
    var id: Int
    var name: String
    var note: String
    var link: String
    var changed: Date

    static let fields = Fields<Self>(
        .int("id") { $0.id },
        .text("name") { $0.name },
        .text("note") { $0.note },
        .text("link") { $0.link },
        .date("changed") { $0.changed }
    )

    /// A hundred rows, the same in every run. No "'": the engines write it as different character references.
    static let hundred = (1...100).map { number in
        Row(
            id: number,
            name: "Report \"\(number * 37 % 101)\" & <draft>",
            note: "Grace reads it, then \(number % 7 < 3 ? "a<b && b>c" : "everybody else") says what is missing.",
            link: "/projects/7/files/notes%20\(number).txt?line=\(number)&view=plain",
            changed: Date(timeIntervalSince1970: 1_795_442_700 + Double(number) * 86_461)
        )
    }

    /// The row as the other engines get it: with the date already written, so that none of them is timed for that.
    var dictionary: [String: any Sendable] {
        ["id": id, "name": name, "note": note, "link": link, "changed": changedText]
    }

    var changedText: String {
        let seconds = Int(changed.timeIntervalSince1970)
        let date = Calendar.utc.dateComponents([.year, .month, .day], from: changed)
        func two(_ number: Int?) -> String { String("0\(number ?? 0)".suffix(2)) }
        let day = "\(date.year ?? 0)-\(two(date.month))-\(two(date.day))"
        return "\(day) \(two(seconds / 3600 % 24)):\(two(seconds / 60 % 60)) UTC"
    }
}

struct TablePage: ViewModel {
    var rows: [Row]

    static let fields = Fields<Self>(.list("rows", of: Row.self) { $0.rows })
}

/// The shared view, which the table does not use.
struct Nothing: ViewModel {
    static let fields = Fields<Self>()
}

extension Calendar {
    fileprivate static let utc: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()
}
