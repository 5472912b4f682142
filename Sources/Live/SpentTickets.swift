internal import FoundationEssentials

/// The tickets that were redeemed and haven't expired: each lets one stream in.
struct SpentTickets {
    /// Room for 3,000 new streams a second at tickets of half a minute.
    private static let maximum = 100_000

    private var seals: Set<String> = []
    private var queue: [(seal: String, expires: Date)] = []

    /// Takes a good ticket; false when it was taken before, or when so many were that this can't be told any more.
    mutating func take(_ sealed: String, expires: Date, now: Date) -> Bool {
        if seals.count >= Self.maximum { forget(now: now) }
        // The seal differs whenever the rest does, and is the shorter part.
        let seal = String(sealed.suffix(43))
        guard seals.count < Self.maximum, seals.insert(seal).inserted else { return false }
        queue.append((seal, expires))
        return true
    }

    /// Forgets the expired ones, which are refused for their age.
    mutating func forget(now: Date) {
        guard queue.contains(where: { $0.expires <= now }) else { return }
        for entry in queue where entry.expires <= now { seals.remove(entry.seal) }
        queue.removeAll { $0.expires <= now }
    }
}
