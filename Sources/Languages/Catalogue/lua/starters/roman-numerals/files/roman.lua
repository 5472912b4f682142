-- Roman numerals from I to MMMCMXCIX.
local roman = {}

-- Largest first; the pairs with a smaller letter before a larger one count as letters of their own.
local symbols = {
    { 1000, "M" }, { 900, "CM" }, { 500, "D" }, { 400, "CD" },
    { 100, "C" }, { 90, "XC" }, { 50, "L" }, { 40, "XL" },
    { 10, "X" }, { 9, "IX" }, { 5, "V" }, { 4, "IV" }, { 1, "I" },
}

--- The numeral for a whole number from 1 to 3999; nil and a reason for another.
function roman.from(number)
    if math.type(number) ~= "integer" or number < 1 or number > 3999 then
        return nil, ("there is no numeral for %s"):format(number)
    end
    local parts = {}
    for _, pair in ipairs(symbols) do
        local value, symbol = pair[1], pair[2]
        parts[#parts + 1] = symbol:rep(number // value)
        number = number % value
    end
    return table.concat(parts)
end

--- The number that a numeral stands for, small letters allowed; nil and a reason when it is none.
function roman.parse(numeral)
    local letters = numeral:match("^%s*(.-)%s*$"):upper()
    local number, place = 0, 1
    for _, pair in ipairs(symbols) do
        local value, symbol = pair[1], pair[2]
        while letters:sub(place, place + #symbol - 1) == symbol do
            number = number + value
            place = place + #symbol
        end
    end
    -- IIII or VX would come through: only what we would write ourselves is a numeral.
    if roman.from(number) ~= letters then
        return nil, ("%q is no Roman numeral"):format(numeral)
    end
    return number
end

return roman
