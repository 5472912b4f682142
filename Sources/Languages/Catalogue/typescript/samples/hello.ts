const from: string = "Carrel"
console.log(`Hello from ${from}`)
