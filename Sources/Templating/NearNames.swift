/// A hint for a name that does not exist: the nearest that does, or else what there is.
func nearNameHint(for name: String, among names: some Sequence<String>, what: String) -> String? {
    let known = Set(names).sorted()
    if let nearest = known.map({ ($0, distance(name, $0)) }).min(by: { $0.1 < $1.1 }),
        nearest.1 <= max(1, min(name.utf8.count, nearest.0.utf8.count) / 3)
    {
        return "Did you mean \"\(nearest.0)\"?"
    }
    guard !known.isEmpty else { return nil }
    let shown = known.prefix(12).joined(separator: ", ")
    return "\(what): \(shown)\(known.count > 12 ? ", …" : "")."
}

/// How many letters must be added, dropped, changed or swapped with their neighbour to make `b` of `a`.
private func distance(_ first: String, _ second: String) -> Int {
    // Names are short; the bound keeps a hostile template from costing a quadratic table.
    let a = Array(first.utf8.prefix(64))
    let b = Array(second.utf8.prefix(64))
    var older = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 0..<a.count {
        var next = [i + 1] + [Int](repeating: 0, count: b.count)
        for j in 0..<b.count {
            next[j + 1] = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, next[j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
                next[j + 1] = min(next[j + 1], older[j - 1] + 1)
            }
        }
        older = last
        last = next
    }
    return last[b.count]
}
