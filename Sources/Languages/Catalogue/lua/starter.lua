-- Press Run, then type your name in the console below.

io.write("What is your name? ")
io.flush()
local name = io.read() or ""
if name == "" then
    name = "friend"
end
print("Hello, " .. name .. "!")

local seen, letters = {}, {}
for letter in name:lower():gmatch("%a") do
    if not seen[letter] then
        seen[letter] = true
        table.insert(letters, letter)
    end
end
table.sort(letters)
print(("Your name uses %d different letters: %s"):format(#letters, table.concat(letters, " ")))
