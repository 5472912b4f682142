# Press Run, then type your name in the console below.

defmodule Greeter do
  def name(:eof), do: "friend"

  def name(line) do
    case String.trim(line) do
      "" -> "friend"
      name -> name
    end
  end

  def letters(text) do
    text
    |> String.downcase()
    |> String.graphemes()
    |> Enum.reject(&(&1 == " "))
    |> Enum.uniq()
    |> Enum.sort()
  end
end

name = Greeter.name(IO.gets("What is your name? "))
IO.puts("Hello, #{name}!")

letters = Greeter.letters(name)
IO.puts("Your name uses #{length(letters)} different letters: #{Enum.join(letters, " ")}")
