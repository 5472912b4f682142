// Lines of files that the output names.
import assert from "node:assert/strict"
import { test } from "node:test"
import { LONGEST, PlaceWalk, placesIn } from "../../Templates/running/places.js"

const paths = ["main.py", "src/a b.c", "src/tree.c", "Main.java", "main.pl"]
const find = path => paths.includes(path) ? path : undefined
const draw = text => placesIn(text, find).map(({ index, length, file, line }) => (
  `${text.slice(index, index + length)} → ${file} ${line}`
))

test("compilers and tracebacks name lines in their own ways", () => {
  assert.deepEqual(draw("src/tree.c:4:26: error: expected ‘;’"), ["src/tree.c:4 → src/tree.c 4"])
  assert.deepEqual(draw("  File \"/home/coder/main.py\", line 12, in <module>"), [
    "\"/home/coder/main.py\", line 12 → main.py 12"
  ])
  assert.deepEqual(draw("\tat Main.main(Main.java:3)"), ["Main.java:3 → Main.java 3"])
  assert.deepEqual(draw("src/tree.c(7,22): error CS0029: no"), ["src/tree.c(7, → src/tree.c 7"])
  assert.deepEqual(draw("Died at main.pl line 3."), ["main.pl line 3 → main.pl 3"])
  assert.deepEqual(draw("syntax error in main.pl on line 3"), ["main.pl on line 3 → main.pl 3"])
  assert.deepEqual(draw("main.pl: line 3: syntax error"), ["main.pl: line 3 → main.pl 3"])
  assert.deepEqual(draw("vet: ./main.py:6:2: unused"), ["./main.py:6 → main.py 6"])
  assert.deepEqual(draw("File \"src/a b.c\", line 2:"), ["\"src/a b.c\", line 2 → src/a b.c 2"])
})

test("a line may name several places, which come in their order", () => {
  assert.deepEqual(draw("main.py:2, then src/tree.c(9) and main.py:4").map(words => words.split(" → ")[1]), [
    "main.py 2", "src/tree.c 9", "main.py 4"
  ])
})

test("only files of the project are places", () => {
  for (const text of [
    "/usr/include/stdio.h:3:1", "other.py:3", "../main.py:3", "/main.py:3", "main.py", "main.py:", "main.py:0",
    "main.py:x", "https://example.org/main.py:3", "__proto__:3", "12:30:45", "xmain.py:3", "main.py:12345678",
    "main.py:3x"
  ]) assert.deepEqual(draw(text), [], text)
})

test("output that is made to be slow isn't", () => {
  const started = performance.now()
  for (const piece of ["a", "a:", "\"", "main.py ", "a line ", "a("]) {
    assert.deepEqual(placesIn(piece.repeat(LONGEST / piece.length), find), [])
  }
  assert.ok(performance.now() - started < 500)
  assert.deepEqual(draw(`main.py:1 ${" ".repeat(LONGEST)}`), [])
})

test("one goes through the places of a run's output, round the end, and anew with the next run", () => {
  const screen = new EventTarget()
  const went = []
  const walk = new PlaceWalk(screen, { find, go: (file, line) => went.push(`${file} ${line}`) })
  walk.start()
  screen.lines = [{ text: "nothing" }]
  assert.equal(walk.step(1), false)
  screen.lines = [{ text: "main.py:1" }, { text: "-" }, { text: "main.py:2 main.py:3" }]
  for (const by of [1, 1, -1, 1, 1, 1]) assert.equal(walk.step(by), true)
  assert.deepEqual(went.splice(0), ["main.py 1", "main.py 2", "main.py 1", "main.py 2", "main.py 3", "main.py 1"])
  screen.dispatchEvent(new Event("state"))
  walk.step(-1)
  assert.deepEqual(went, ["main.py 3"])
  walk.stop()
})
