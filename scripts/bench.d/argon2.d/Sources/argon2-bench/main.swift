import Argon2
import Glibc

// argon2-bench parameters   prints the site's parameters: memory in KiB, passes, lanes
// argon2-bench COUNT        hashes so many times and prints the seconds of processor time that one took

let parameters = Argon2Parameters.standard
if CommandLine.arguments.dropFirst() == ["parameters"] {
    print(parameters.memory, parameters.passes, parameters.lanes)
} else if let count = CommandLine.arguments.dropFirst().first.flatMap({ Int($0) }), count > 0 {
    let hasher = PasswordHasher(parameters: parameters)
    // clock(), which Debian's program uses, too.
    let began = clock()
    for _ in 0..<count { _ = try hasher.hash("correct horse battery staple") }
    print(Double(clock() - began) / Double(CLOCKS_PER_SEC) / Double(count))
} else {
    print("argon2-bench parameters | COUNT")
    exit(2)
}
