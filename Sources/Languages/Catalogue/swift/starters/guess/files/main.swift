// Press Run and think of a number. The program halves what is left with each question.

enum Answer: String, CaseIterable {
    case yes, higher, lower

    /// Takes the first letter for the whole word.
    init?(typed line: String) {
        guard let letter = line.lowercased().first(where: { !$0.isWhitespace }),
            let answer = Answer.allCases.first(where: { $0.rawValue.first == letter })
        else { return nil }
        self = answer
    }
}

/// Asks until the answer is one: a typing error is no reason to lose the game. Nil at the end of the input.
func ask(_ question: String) -> Answer? {
    while true {
        print(question, terminator: " ")
        guard let line = readLine() else { return nil }
        if let answer = Answer(typed: line) { return answer }
    }
}

func play(_ numbers: ClosedRange<Int>) {
    print("Think of a whole number from \(numbers.lowerBound) to \(numbers.upperBound), and I will guess it.")
    var (low, high) = (numbers.lowerBound, numbers.upperBound)
    var guesses = 0
    while low <= high {
        let guess = (low + high) / 2
        guesses += 1
        switch ask("Is it \(guess)? (yes, higher, lower)") {
        case .yes:
            print("Guesses needed: \(guesses).")
            return
        case .higher: low = guess + 1
        case .lower: high = guess - 1
        case nil:
            print("\nThen another time.")
            return
        }
    }
    print("No number fits all your answers.")
}

play(1...100)
