function check(age: number): void {
    if (age < 0) throw new RangeError("an age is not negative")
}

console.log("before")
check(-1)
