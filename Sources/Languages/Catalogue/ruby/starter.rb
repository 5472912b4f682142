# Press Run, then type your name in the console below.

print "What is your name? "
name = gets.to_s.strip
name = "friend" if name.empty?
puts "Hello, #{name}!"

letters = name.downcase.delete(" ").chars.uniq.sort
puts "Your name uses #{letters.size} different letters: #{letters.join(" ")}"
