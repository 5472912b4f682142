# Roman numerals from I to MMMCMXCIX.
module Roman
  # Largest first; the pairs with a smaller letter before a larger one count as letters of their own.
  SYMBOLS = {
    "M" => 1000, "CM" => 900, "D" => 500, "CD" => 400,
    "C" => 100, "XC" => 90, "L" => 50, "XL" => 40,
    "X" => 10, "IX" => 9, "V" => 5, "IV" => 4, "I" => 1
  }.freeze

  # The numeral for a number from 1 to 3999.
  def self.from(number)
    raise ArgumentError, "there is no numeral for #{number}" unless (1..3999).cover?(number)

    SYMBOLS.map do |symbol, value|
      count, number = number.divmod(value)
      symbol * count
    end.join
  end

  # The number that a numeral stands for; small letters count as well.
  def self.parse(numeral)
    letters = numeral.strip.upcase
    # The alternatives are tried in order, so CM before C.
    number = letters.scan(Regexp.union(SYMBOLS.keys.sort_by { |symbol| -symbol.size })).sum { |symbol| SYMBOLS[symbol] }
    # IIII or VX would come through: only what we would write ourselves is a numeral.
    valid = (1..3999).cover?(number) && from(number) == letters
    raise ArgumentError, "#{numeral.inspect} is no Roman numeral" unless valid

    number
  end
end
