export const names = {
  keyword: `
    actor any as associatedtype async await borrowing break case catch class consuming continue convenience default
    defer deinit didSet do else enum extension fallthrough fileprivate final for func get guard if import in
    indirect init inout internal is isolated lazy let mutating nonisolated open operator override package
    precedencegroup private protocol public repeat required rethrows return self Self sending set some static struct
    subscript super switch throw throws try typealias unowned var weak where while willSet
  `,
  type: `
    Any AnyObject Array Bool Character ClosedRange Codable Collection Comparable CustomStringConvertible Data Date
    Decodable Dictionary Double Encodable Equatable Error Float Hashable Identifiable Int Int32 Int64 Optional Range
    Result Sendable Sequence Set String Substring Task UInt UInt8 URL UUID Void
  `,
  constant: `
    true false nil
  `,
  function: `
    abs assert assertionFailure contains compactMap count dump enumerated fatalError filter first flatMap forEach
    isEmpty joined last lowercased map max min next precondition print randomElement readLine reduce removeAll
    removeFirst removeLast repeatElement reversed shuffled sorted split stride swap type uppercased zip append
    insert
  `
}

export const snippets = [
  ["for", "over items", "for ${1:item} in ${2:items} {\n\t${0}\n}"],
  ["while", "loop", "while ${1:condition} {\n\t${0}\n}"],
  ["if", "condition", "if ${1:condition} {\n\t${0}\n}"],
  ["guard", "early exit", "guard ${1:condition} else { ${2:return} }\n${0}"],
  ["func", "function", "func ${1:name}(${2}) -> ${3:Int} {\n\t${0}\n}"],
  ["struct", "structure", "struct ${1:Name} {\n\t${0}\n}"],
  ["switch", "choice", "switch ${1:value} {\ncase ${2:pattern}: ${3}\ndefault: ${0}\n}"],
  ["do", "catch an error", "do {\n\t${1:try }\n} catch {\n\t${0}\n}"]
]
