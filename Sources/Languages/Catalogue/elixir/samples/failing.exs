IO.puts("before")
raise "This is the end."
