console.log("never printed")
if (true {
    console.log("nor this")
}
