name = input()
numbers = map(int, input().split())
print(f"{name}'s numbers add up to {sum(numbers)}")
