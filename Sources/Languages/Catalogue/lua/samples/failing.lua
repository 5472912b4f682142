local people = {}
print("before")
print(people.ada.name)
