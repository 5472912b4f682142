numbers = [1, 2, 3];
disp("before")
disp(numbers(7))
