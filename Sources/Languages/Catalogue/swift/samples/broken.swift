let name: Int = "never printed"
print(name)
