# Adds up expenses.csv by category. Open that file, change it, and run this again.

require "bigdecimal"
require "csv"

# BigDecimal and not Float: 0.1 + 0.2 is 0.3 for money.
def amount(text)
  BigDecimal(text.to_s)
rescue ArgumentError
  nil
end

totals = Hash.new(BigDecimal("0"))
number = 1 # the names of the columns
File.foreach("expenses.csv", chomp: true).drop(1).each do |line|
  number += 1
  next if line.strip.empty?

  _date, category, text = CSV.parse_line(line)
  if (value = amount(text))
    totals[category.to_s.strip] += value
  else
    puts "Line #{number} is left out: #{text.inspect} is no amount."
  end
end

largest = totals.values.max || 0
totals.sort_by { |_, total| -total }.each do |category, total|
  bar = largest.positive? ? "#" * [(30 * total / largest).round, 0].max : ""
  puts format("%-10s%10.2f  %s", category, total, bar)
end
puts format("%-10s%10.2f", "together", totals.values.sum)
