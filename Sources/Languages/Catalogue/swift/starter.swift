// Press Run, then type your name in the console below.

print("What is your name? ", terminator: "")
let answer = readLine() ?? ""
let name = answer.isEmpty ? "friend" : answer
print("Hello, \(name)!")

let letters = Set(name.lowercased().filter { !$0.isWhitespace })
print("Your name uses \(letters.count) different letters:", letters.sorted().map(String.init).joined(separator: " "))
