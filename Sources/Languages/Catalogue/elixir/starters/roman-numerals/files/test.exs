# Press Run: this file is the project's main file, and the tests in it start when it has been read.

Code.require_file("roman.ex", __DIR__)
ExUnit.start()

defmodule RomanTest do
  use ExUnit.Case, async: true

  for {number, numeral} <- [{1, "I"}, {4, "IV"}, {14, "XIV"}, {1990, "MCMXC"}, {2024, "MMXXIV"}] do
    # The loop runs while the module is compiled, and makes a test of each pair.
    test "#{number} is #{numeral}" do
      assert Roman.from(unquote(number)) == {:ok, unquote(numeral)}
      assert Roman.parse(unquote(numeral)) == {:ok, unquote(number)}
    end
  end

  test "every number comes back" do
    for number <- 1..3999 do
      {:ok, numeral} = Roman.from(number)
      assert Roman.parse(numeral) == {:ok, number}
    end
  end

  test "small letters and spaces are read" do
    assert Roman.parse(" xlii ") == {:ok, 42}
  end

  test "what is no numeral is refused" do
    for text <- ["", "IIII", "VX", "IC", "MMMM", "XI V", "12"] do
      assert Roman.parse(text) == :error
    end
  end

  test "numbers without a numeral are refused" do
    for number <- [0, -1, 4000, 1.5], do: assert(Roman.from(number) == :error)
  end
end
