IO.puts("never printed")

if true do
  IO.puts("nor this")
