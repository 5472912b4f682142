name = gets.chomp
numbers = gets.split.map(&:to_i)
puts "#{name}'s numbers add up to #{numbers.sum}"
