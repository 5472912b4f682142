console.log("Hello from Carrel")
