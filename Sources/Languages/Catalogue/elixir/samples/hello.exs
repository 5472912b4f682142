IO.puts("Hello from Carrel")
