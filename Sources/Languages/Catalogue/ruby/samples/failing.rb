numbers = [1, 2, 3]
puts "before"
puts numbers.fetch(7)
