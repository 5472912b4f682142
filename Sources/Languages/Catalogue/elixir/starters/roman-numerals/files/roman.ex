defmodule Roman do
  @moduledoc "Roman numerals from I to MMMCMXCIX."

  # Largest first; the pairs with a smaller letter before a larger one count as letters of their own.
  @symbols [
    {1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"},
    {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"},
    {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}
  ]

  @doc "The numeral for a number from 1 to 3999."
  def from(number) when number in 1..3999, do: {:ok, write(number, @symbols)}
  def from(_), do: :error

  defp write(_, []), do: ""
  defp write(rest, [{value, symbol} | _] = all) when rest >= value, do: symbol <> write(rest - value, all)
  defp write(rest, [_ | more]), do: write(rest, more)

  @doc "The number that a numeral stands for; small letters count as well."
  def parse(numeral) do
    letters = numeral |> String.trim() |> String.upcase()
    number = read(letters, @symbols)

    # IIII or VX would come through: only what we would write ourselves is a numeral.
    case from(number) do
      {:ok, ^letters} -> {:ok, number}
      _ -> :error
    end
  end

  defp read(_, []), do: 0

  defp read(rest, [{value, symbol} | more] = all) do
    case String.starts_with?(rest, symbol) do
      true -> value + read(String.replace_prefix(rest, symbol, ""), all)
      false -> read(rest, more)
    end
  end
end
