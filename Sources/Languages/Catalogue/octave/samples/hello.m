disp("Hello from Carrel")
