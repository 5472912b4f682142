const count: number = "never printed"
console.log(count)
