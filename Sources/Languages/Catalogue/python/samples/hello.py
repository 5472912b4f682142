print("Hello from Carrel")
