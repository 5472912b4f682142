name = IO.gets("") |> String.trim()
numbers = IO.gets("") |> String.split() |> Enum.map(&String.to_integer/1)
IO.puts("#{name}'s numbers add up to #{Enum.sum(numbers)}")
