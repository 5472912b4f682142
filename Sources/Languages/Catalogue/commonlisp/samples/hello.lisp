(format t "Hello from Carrel~%")
