let name = readLine() ?? ""
let sum = (readLine() ?? "").split(separator: " ").compactMap { Int($0) }.reduce(0, +)
print("\(name)'s numbers add up to \(sum)")
