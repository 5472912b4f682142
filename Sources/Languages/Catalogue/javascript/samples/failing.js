const people = ["Ada", "Grace"]
console.log("before")
console.log(people[7].length)
