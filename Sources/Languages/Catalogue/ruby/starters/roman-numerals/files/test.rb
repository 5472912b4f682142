# Press Run: this file is the project's main file, and runs the tests.

require_relative "roman"

$passed = 0
$failed = 0

# A test is a sentence and a block that is true when it holds. What is raised in it is a failure as well.
def test(sentence)
  problem = "not true" unless yield
rescue StandardError => error
  problem = error.message
ensure
  problem ? $failed += 1 : $passed += 1
  puts "#{problem ? "FAILED" : "ok    "} #{sentence}#{": #{problem}" if problem}"
end

def refused?
  yield
  false
rescue ArgumentError
  true
end

KNOWN = { 1 => "I", 4 => "IV", 14 => "XIV", 1990 => "MCMXC", 2024 => "MMXXIV" }.freeze

test("known numbers have their numerals") { KNOWN.all? { |number, numeral| Roman.from(number) == numeral } }
test("known numerals have their numbers") { KNOWN.all? { |number, numeral| Roman.parse(numeral) == number } }
test("every number comes back") { (1..3999).all? { |number| Roman.parse(Roman.from(number)) == number } }
test("small letters and spaces are read") { Roman.parse(" xlii ") == 42 }
test("what is no numeral is refused") do
  ["", "IIII", "VX", "IC", "MMMM", "XI V", "12"].all? { |text| refused? { Roman.parse(text) } }
end
test("numbers without a numeral are refused") { [0, -1, 4000].all? { |number| refused? { Roman.from(number) } } }

puts "#{$passed} passed, #{$failed} failed"
exit($failed.zero?)
