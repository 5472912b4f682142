local name = io.read("l")
local sum = 0
for number in io.read("l"):gmatch("%d+") do
    sum = sum + tonumber(number)
end
print(name .. "'s numbers add up to " .. sum)
