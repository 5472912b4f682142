-- Press Run and think of a number. The program halves what is left with each question.

--- The first letter of the answer: y, h or l; nil at the end of the input. Asks again until it is one of them: a typing
--- error is no reason to lose the game.
local function ask(guess)
    while true do
        io.write("Is it ", guess, "? (yes, higher, lower) ")
        io.flush()
        local line = io.read()
        if not line then
            return nil
        end
        local letter = line:lower():match("^%s*([yhl])")
        if letter then
            return letter
        end
    end
end

local function play(low, high)
    print(("Think of a whole number from %d to %d, and I will guess it."):format(low, high))
    local guesses = 0
    while low <= high do
        local guess = (low + high) // 2
        guesses = guesses + 1
        local answer = ask(guess)
        if answer == "y" then
            return ("Guesses needed: %d."):format(guesses)
        elseif answer == "h" then
            low = guess + 1
        elseif answer == "l" then
            high = guess - 1
        else
            return "\nThen another time."
        end
    end
    return "No number fits all your answers."
end

print(play(1, 100))
