cat("Hello from Carrel\n")
