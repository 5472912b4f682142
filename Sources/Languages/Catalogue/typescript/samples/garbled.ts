const x: number = 1
const y = = 1
