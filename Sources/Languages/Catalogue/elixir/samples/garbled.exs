x = 1
if x == do ) do
end
