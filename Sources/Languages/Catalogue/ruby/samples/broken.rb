puts "never printed"
if true then
  puts "nor this"
