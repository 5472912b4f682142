// Where an interpreter that was started ahead waits: Node reads this before the main file because NODE_OPTIONS names it.
// Descriptor 3 takes a byte when it is ready and gives one when the run begins. Nothing of this may be seen by the
// program: no variable, no module in the cache, no descriptor.

delete require.cache[__filename]
delete module.constructor._pathCache[`${__filename}\0`]
Object.defineProperty(process, "_preload_modules", { value: [] })

// A worker of the program reads this, too, and has nothing to wait for.
if (process.env.CARREL_WAITING) {
    const fs = require("fs")
    // What the first line that a program prints needs.
    require("net")
    require("tty")
    delete process.env.CARREL_WAITING
    delete process.env.NODE_OPTIONS
    const word = Buffer.alloc(1)
    fs.writeSync(3, "r")
    const length = fs.readSync(3, word)
    fs.closeSync(3)
    if (length !== 1 || word[0] !== 0x67) process.reallyExit(0)
    // A home may have been laid over the folder that we are in.
    process.chdir(process.cwd())
}
