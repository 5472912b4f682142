import Glibc

let numbers = [1, 2, 3]
print("before")
fflush(nil)
print(numbers[numbers.count + 4])
