/// How much work one Argon2id hash is (RFC 9106).
public struct Argon2Parameters: Sendable, Equatable {
    /// Memory filled, in KiB; at least 8 for each lane.
    public var memory: Int

    /// Passes over the memory; at least 1.
    public var passes: Int

    /// Lanes, each hashed on a thread of its own; at least 1.
    public var lanes: Int

    /// Work of a stated size.
    public init(memory: Int, passes: Int, lanes: Int) {
        self.memory = memory
        self.passes = passes
        self.lanes = lanes
    }

    /// The least that OWASP's Password Storage Cheat Sheet recommends: 19 MiB, 2 passes, 1 lane.
    public static let standard = Argon2Parameters(memory: 19_456, passes: 2, lanes: 1)

    /// Hashes of less work than this, in any respect, are to be made anew. More lanes aren't more work.
    func isMore(than other: Argon2Parameters) -> Bool { memory > other.memory || passes > other.passes }
}
