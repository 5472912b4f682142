-- Press Run: this file is the project's main file, and runs the tests.

local roman = require("roman")

local passed, failed = 0, 0

local function expect(what, found, wanted)
    if found == wanted then
        passed = passed + 1
    else
        failed = failed + 1
        print(("FAILED %s: %s instead of %s"):format(what, found, wanted))
    end
end

for number, numeral in pairs({ [1] = "I", [4] = "IV", [14] = "XIV", [1990] = "MCMXC", [2024] = "MMXXIV" }) do
    expect("the numeral of " .. number, roman.from(number), numeral)
    expect("the value of " .. numeral, roman.parse(numeral), number)
end
for number = 1, 3999 do
    expect(number .. " there and back", roman.parse(roman.from(number)), number)
end
-- Of several values only the first is given on, but by the last in a row: so found comes before wanted.
expect("small letters and spaces", roman.parse(" xlii "), 42)
for _, text in ipairs({ "", "IIII", "VX", "IC", "MMMM", "XI V", "12" }) do
    expect("the value of '" .. text .. "'", roman.parse(text), nil)
end
for _, number in ipairs({ 0, -1, 4000, 1.5 }) do
    expect("the numeral of " .. number, roman.from(number), nil)
end
expect("the reason", select(2, roman.parse("IIII")), '"IIII" is no Roman numeral')

print(passed .. " passed, " .. failed .. " failed")
os.exit(failed == 0)
