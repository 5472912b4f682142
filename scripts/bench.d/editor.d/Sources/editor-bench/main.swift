import ChangeSets
import FoundationEssentials
import Glibc

// editor-bench apply TRACE TEXT        applies the edits of a trace one by one to an empty text, each as a change set of its
//                                      own, writes the text they give to a file, and prints the seconds that it took
// editor-bench batches TRACE COUNT     prints the edits, so many composed to one, as the JSON that editors send: a line each
//
// A line of a trace is an edit: where, how many units are deleted there, and the inserted text as a string of JSON.

struct Edit {
    let position: Int
    let deleted: Int
    let text: String
}

func edits(in path: String) throws -> [Edit] {
    try String(decoding: Data(contentsOf: URL(filePath: path)), as: UTF8.self).split(separator: "\n").map { line in
        let parts = line.split(separator: " ", maxSplits: 2)
        guard parts.count == 3, let position = Int(parts[0]), let deleted = Int(parts[1]) else {
            throw CocoaError(.fileReadCorruptFile)
        }
        let text = try JSONDecoder().decode(String.self, from: Data(parts[2].utf8))
        return Edit(position: position, deleted: deleted, text: text)
    }
}

func changes(of edit: Edit, in length: Int) throws -> ChangeSet {
    try ChangeSet(replacing: edit.position..<(edit.position + edit.deleted), with: edit.text, in: length)
}

func apply(_ edits: [Edit]) throws -> (text: DocumentText, seconds: Double) {
    let clock = ContinuousClock()
    let began = clock.now
    var text = DocumentText()
    for edit in edits { try changes(of: edit, in: text.utf16Length).apply(to: &text) }
    return (text, (clock.now - began) / .seconds(1))
}

func printBatches(of edits: [Edit], count: Int) throws {
    var length = 0
    var rest = edits[...]
    while !rest.isEmpty {
        var batch = ChangeSet(keeping: length)
        for edit in rest.prefix(count) { batch = try batch.compose(changes(of: edit, in: batch.newLength)) }
        print(String(decoding: batch.json, as: UTF8.self))
        length = batch.newLength
        rest = rest.dropFirst(count)
    }
}

let words = CommandLine.arguments.dropFirst()
switch (words.first, words.count, words.last.flatMap { Int($0) }) {
case ("apply", 3, _):
    let (text, seconds) = try apply(edits(in: CommandLine.arguments[2]))
    try Data(text.utf8).write(to: URL(filePath: CommandLine.arguments[3]))
    print(seconds)
case ("batches", 3, let count?) where count > 0:
    try printBatches(of: edits(in: CommandLine.arguments[2]), count: count)
default:
    print("editor-bench apply TRACE TEXT | batches TRACE COUNT")
    exit(2)
}
