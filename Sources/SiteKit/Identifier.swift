public import MariaDB
public import Web

/// The number of a row, typed by what the row is, so that a file's number can't be passed as a project's.
public struct Identifier<Noun>: Hashable, Sendable, Codable, Comparable, CustomStringConvertible,
    RawRepresentable, SQLValue
{
    /// The number in the database; 1 or more.
    public let rawValue: Int

    /// Wraps a row's number.
    public init(_ rawValue: Int) { self.rawValue = rawValue }

    /// Wraps a row's number.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// Wraps a row's number.
    public init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(Int.self)
    }

    /// Writes the bare number.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    /// Orders by age: numbers are given in order.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// The number in decimal, as in addresses.
    public var description: String { String(rawValue) }
}

extension Identifier: PathParameter {
    /// Wraps a row's number.
    public init?(pathComponent: String) {
        guard let value = Int(pathComponent: pathComponent), value > 0 else { return nil }
        rawValue = value
    }
}
