puts "Hello from Carrel"
