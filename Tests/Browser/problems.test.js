// What is wrong in files: the store of it, its places while the text changes, the walk through it.
import "./vendor.js"
import assert from "node:assert/strict"
import { test } from "node:test"
import { randomOf } from "./random.js"
const { ChangeSet, Text } = await import("codemirror")
const { MOST, Problems, countWords, worst } = await import("../../Templates/editing/problems.js")
const { spanOf } = await import("../../Templates/editing/problem-spans.js")
const { ProblemWalk } = await import("../../Templates/editing/problem-walk.js")

const text = code => Text.of(code.split("\n"))
const draw = problems => problems.map(({ path, line, column, message }) => (
  `${path}:${line}:${column ?? "-"} ${message}`
))
const bad = (path, line, message, more = {}) => ({ path, line, message, severity: "error", ...more })

function store() {
  const problems = new Problems()
  const changes = []
  problems.addEventListener("change", ({ detail }) => changes.push([...detail.paths].sort().join(" ")))
  return { problems, changes }
}

// Does an edit (from, to, insert) to a text, and tells the store of it.
function edit(problems, path, before, from, to, insert) {
  const changes = ChangeSet.of({ from, to, insert }, before.length, "\n")
  const after = changes.apply(before)
  problems.edited(path, before, changes.desc, after)
  return after
}

test("a compiler and a server that mean one mistake with their own words say it once", () => {
  const { problems } = store()
  problems.set("check", [
    bad("a.c", 4, "expected ';' before 'return'", { column: 24 }),
    bad("a.c", 4, "unused", { column: 24, severity: "warning" })
  ])
  problems.set("server", "a.c", [
    bad("a.c", 4, "Expected ';' after expression", { column: 23 }), bad("a.c", 4, "other", { column: 2 })
  ])
  const said = problems.of("a.c").map(({ message }) => message)
  assert.deepEqual(said, ["other", "Expected ';' after expression", "unused"])
  problems.set("server", "a.c", [
    bad("a.c", 4, "expected ';' before 'return'", { column: 24 }), bad("a.c", 4, "other", { column: 30 })
  ])
  assert.deepEqual(problems.of("a.c").map(({ message }) => message), [
    "expected ';' before 'return'", "unused", "other"
  ])
  problems.set("server", "a.c", [bad("a.c", 4, "Expected ';'", { column: 2 })])
  assert.deepEqual(problems.of("a.c").map(({ message }) => message), ["Expected ';'", "unused"])
})

test("what a source finds replaces what it found before, in all files or in one", () => {
  const { problems, changes } = store()
  problems.set("check", [bad("b.c", 2, "two"), bad("a.c", 9, "nine"), bad("b.c", 1, "one")])
  assert.deepEqual(draw(problems.all), ["a.c:9:- nine", "b.c:1:- one", "b.c:2:- two"])
  problems.set("check", "b.c", [bad("b.c", 3, "three")])
  assert.deepEqual(draw(problems.all), ["a.c:9:- nine", "b.c:3:- three"])
  problems.set("check", [bad("c.c", 1, "new")])
  assert.deepEqual(draw(problems.all), ["c.c:1:- new"])
  problems.clear("check")
  assert.deepEqual(problems.all, [])
  assert.deepEqual(changes, ["a.c b.c", "b.c", "a.c b.c c.c", "c.c"])
})

test("sources don't take each other's problems away, and what both say is there once", () => {
  const { problems } = store()
  problems.set("check", [bad("a.c", 1, "same", { column: 3 }), bad("a.c", 2, "only the check")])
  problems.set("server", "a.c", [bad("a.c", 1, "same", { column: 4 }), bad("a.c", 3, "only the server")])
  assert.deepEqual(problems.of("a.c").map(({ message }) => message), ["same", "only the check", "only the server"])
  problems.clear("check")
  assert.deepEqual(problems.of("a.c").map(({ source }) => source), ["server", "server"])
})

test("one source may say the same of two places in a line", () => {
  const { problems } = store()
  problems.set("check", [bad("a.py", 1, "no x", { column: 1 }), bad("a.py", 1, "no x", { column: 5 })])
  assert.equal(problems.of("a.py").length, 2)
})

test("what is no problem is left out, and what is too much", () => {
  const { problems } = store()
  problems.set("check", [
    { path: 1, line: 1, message: "x" }, bad("a", 0, "x"), bad("a", 1.5, "x"), bad("a", 1), bad("a", NaN, "x"),
    bad("__proto__", 1, "kept", { severity: "constructor", column: -3, code: 7 })
  ])
  assert.deepEqual(problems.all, [{
    path: "__proto__", line: 1, column: null, endLine: null, endColumn: null, severity: "error", code: "7",
    message: "kept", source: "check"
  }])
  problems.set("check", Array.from({ length: MOST + 50 }, (_, index) => bad("a", index + 1, "x")))
  assert.equal(problems.of("a").length, MOST)
})

test("a file that has another path takes its problems along; one that is gone loses them", () => {
  const { problems } = store()
  problems.set("check", [bad("old.c", 1, "x")])
  problems.renamed("old.c", "new.c")
  assert.deepEqual(draw(problems.all), ["new.c:1:- x"])
  problems.renamed("new.c", null)
  assert.deepEqual(problems.all, [])
})

test("they are counted in words, and the worst is known", () => {
  const some = [bad("a", 1, "x"), bad("a", 2, "y"), bad("a", 3, "z", { severity: "note" })]
  assert.equal(countWords(some), "2 errors, 1 note")
  assert.equal(countWords([]), "")
  assert.equal(worst(some), "error")
  assert.equal(worst([]), undefined)
})

test("a place becomes what it is about: a word, what is said, or the line", () => {
  const doc = text("  let größe = 1;\n\nend 😀")
  const shown = problem => {
    const { from, to } = spanOf(doc, problem)
    return doc.sliceString(from, to)
  }
  assert.equal(shown({ line: 1, column: 7 }), "größe")
  assert.equal(shown({ line: 1, column: 13 }), "=")
  assert.equal(shown({ line: 1, column: 3, endColumn: 12 }), "let größe")
  assert.equal(shown({ line: 1, column: 3, endLine: 3, endColumn: 4 }), "let größe = 1;\n\nend")
  assert.equal(shown({ line: 1 }), "let größe = 1;")
  assert.equal(shown({ line: 1, column: 17 }), ";")
  assert.equal(shown({ line: 1, column: 99 }), ";")
  assert.equal(shown({ line: 2, column: 1 }), "")
  assert.equal(shown({ line: 3, column: 5 }), "😀")
  assert.equal(shown({ line: 3, column: 7 }), "😀")
  assert.equal(shown({ line: 99 }), "end 😀")
  assert.equal(shown({ line: 1, column: 7, endColumn: 3 }), "größe")
  assert.equal(spanOf(text(""), { line: 5, column: 5 }).to, 0)
})

test("problems stay at their text while somebody types before, within and behind them", () => {
  const { problems } = store()
  let doc = text("one\n  two = x\nthree")
  problems.set("check", [bad("a", 2, "m", { column: 3 }), bad("a", 3, "n")])
  doc = edit(problems, "a", doc, 0, 0, "zero\n")
  assert.deepEqual(draw(problems.of("a")), ["a:3:3 m", "a:4:- n"])
  doc = edit(problems, "a", doc, doc.line(3).from, doc.line(3).from, "if ")
  assert.deepEqual(draw(problems.of("a")), ["a:3:6 m", "a:4:- n"])
  doc = edit(problems, "a", doc, doc.length, doc.length, "\nfour")
  assert.deepEqual(draw(problems.of("a")), ["a:3:6 m", "a:4:- n"])
  doc = edit(problems, "other", doc, 0, 0, "x")
  assert.deepEqual(draw(problems.of("a")), ["a:3:6 m", "a:4:- n"])
})

test("a problem goes when its text is taken away, not when something else is", () => {
  const { problems } = store()
  let doc = text("one\ntwo\n\nthree")
  problems.set("check", [bad("a", 1, "m", { column: 1 }), bad("a", 2, "n", { column: 1 }), bad("a", 3, "o")])
  doc = edit(problems, "a", doc, 4, 7, "")
  assert.deepEqual(draw(problems.of("a")), ["a:1:1 m", "a:3:- o"])
  doc = edit(problems, "a", doc, 0, doc.length, "")
  assert.deepEqual(draw(problems.of("a")).filter(words => words.endsWith("m")), [])
})

for (const seed of [1, 2, 3, 4, 5]) {
  test(`words that no edit touches keep their problems, and every place is in the text (seed ${seed})`, () => {
    const random = randomOf(seed)
    const { problems } = store()
    let doc = text(Array.from({ length: 20 }, (_, index) => `let word${index} = other${index}`).join("\n"))
    problems.set("check", Array.from({ length: 20 }, (_, index) => bad("a", index + 1, `word${index}`, { column: 5 })))
    const whole = new Set(problems.of("a").map(({ message }) => message))
    for (let round = 0; round < 60; round += 1) {
      const from = random.below(doc.length + 1)
      const to = Math.min(doc.length, from + random.below(6))
      for (const problem of problems.of("a")) {
        const span = spanOf(doc, problem)
        if (from <= span.to && to >= span.from) whole.delete(problem.message)
      }
      doc = edit(problems, "a", doc, from, to, random.pick(["", "\n", "é😀", "x"]))
      const places = new Map(problems.of("a").map(({ line, column, message }) => {
        assert.ok(line <= doc.lines && column <= doc.line(line).length + 1)
        return [message, doc.line(line).text.slice(column - 1)]
      }))
      for (const word of whole) assert.ok(places.get(word)?.startsWith(word), `${word}: ${places.get(word)}`)
    }
    assert.ok(whole.size < 20)
  })
}

test("one goes through problems from where the cursor is, through all files and round the end", () => {
  const { problems } = store()
  let cursor = { path: "b.c", line: 2, column: 1 }
  const went = []
  const go = problem => {
    went.push(problem.message)
    cursor = { path: problem.path, line: problem.line, column: problem.column ?? 1 }
  }
  const walk = new ProblemWalk(problems, { cursor: () => cursor, go })
  assert.equal(walk.step(1), false)
  problems.set("check", [
    bad("a.c", 5, "a5"), bad("b.c", 1, "b1"), bad("b.c", 3, "b3"), bad("b.c", 3, "b3 again"), bad("c.c", 1, "c1")
  ])
  for (const by of [1, 1, 1, 1, 1]) assert.equal(walk.step(by), true)
  assert.deepEqual(went.splice(0), ["b3", "b3 again", "c1", "a5", "b1"])
  walk.step(-1)
  cursor = { path: "b.c", line: 9, column: 1 }
  walk.step(-1)
  cursor = { path: "z.c", line: 1, column: 1 }
  walk.step(1)
  cursor = null
  walk.step(-1)
  assert.deepEqual(went, ["a5", "b3 again", "a5", "c1"])
})
