# Adds up expenses.csv by category. Open that file, change it, and run this again.

defmodule Expenses do
  @doc "Reads `date,category,amount`. Money in cents: whole numbers add up without rounding."
  def parse(line) do
    with [_date, category, amount] <- line |> String.split(",") |> Enum.map(&String.trim/1),
         [_, whole, part] <- Regex.run(~r/^(\d{1,12})(?:\.(\d\d?))?$/, amount) |> with_part() do
      {:ok, category, String.to_integer(whole) * 100 + String.to_integer(String.pad_trailing(part, 2, "0"))}
    else
      _ -> :error
    end
  end

  # A group that took part in no match is missing at the end of the list.
  defp with_part([all, whole]), do: [all, whole, "0"]
  defp with_part(match), do: match

  @doc "The good lines' sums by category, and the numbers and texts of the others."
  def add_up(lines) do
    Enum.reduce(lines, {%{}, []}, fn {line, number}, {totals, faults} ->
      case parse(line) do
        {:ok, category, cents} -> {Map.update(totals, category, cents, &(&1 + cents)), faults}
        :error -> {totals, [{number, line} | faults]}
      end
    end)
  end

  def money(cents) do
    part = cents |> rem(100) |> Integer.to_string() |> String.pad_leading(2, "0")
    String.pad_leading("#{div(cents, 100)}.#{part}", 10)
  end
end

{totals, faults} =
  File.read!("expenses.csv")
  |> String.split("\n")
  |> Enum.with_index(1)
  # The first line has the names of the columns.
  |> Enum.drop(1)
  |> Enum.reject(fn {line, _} -> String.trim(line) == "" end)
  |> Expenses.add_up()

for {number, line} <- Enum.reverse(faults), do: IO.puts("Line #{number} is left out: #{line}")

largest = totals |> Map.values() |> Enum.max(fn -> 1 end) |> max(1)

for {category, cents} <- Enum.sort_by(totals, fn {_, cents} -> -cents end) do
  bar = String.duplicate("#", div(30 * cents, largest))
  IO.puts("#{String.pad_trailing(category, 10)}#{Expenses.money(cents)}  #{bar}")
end

IO.puts("#{String.pad_trailing("together", 10)}#{totals |> Map.values() |> Enum.sum() |> Expenses.money()}")
