public import MariaDB
public import Web

/// The number of a row, typed by what the row is, so that a file's number can't be passed as a project's.
public struct Identifier<Noun>: Hashable, Sendable, Codable, Comparable, CustomStringConvertible,
    RawRepresentable, SQLValue
{
    public let rawValue: Int

    public init(_ rawValue: Int) { self.rawValue = rawValue }

    public init(rawValue: Int) { self.rawValue = rawValue }

    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(Int.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    public var description: String { String(rawValue) }
}

extension Identifier: PathParameter {
    public init?(pathComponent: String) {
        guard let value = Int(pathComponent: pathComponent), value > 0 else { return nil }
        rawValue = value
    }
}
