// When problems are looked for, and what becomes of answers that are late.
import "./vendor.js"
import assert from "node:assert/strict"
import { test } from "node:test"
const { ChangeSet, Text } = await import("codemirror")
globalThis.document = {
  querySelector: () => null,
  createElement: name => ({ name, children: [], setAttribute() {}, append(...more) { this.children.push(...more) } })
}
const { Checker } = await import("../../Templates/editing/checker.js")
const { Drift } = await import("../../Templates/editing/drift.js")
const { Problems } = await import("../../Templates/editing/problems.js")

const text = code => Text.of(code.split("\n"))
const wait = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds))
const bad = (path, line, message) => ({ path, line, column: 1, severity: "error", message })
const answerOf = more => ({
  kind: "done", file: "a.py", words: "", problems: [], looksAtAll: true, versions: { "a.py": 1 }, output: null, ...more
})

class Editor extends EventTarget {
  isSaved = true

  constructor(path, code) {
    super()
    this.current = { path, text: text(code), session: { version: 1 } }
    this.files = [this.current]
  }

  flush() {
    return Promise.resolve(this.isSaved)
  }

  edit(from, insert, isOwn = true) {
    const file = this.current
    const before = file.text
    const changes = ChangeSet.of({ from, insert }, before.length, "\n")
    file.text = changes.apply(before)
    this.dispatchEvent(new CustomEvent("edit", { detail: { file, before, changes, isOwn } }))
  }
}

// A page on which a Python file is open; `site` answers each question, in its turn.
function open(site, { path = "a.py", code = "one\ntwo", hasWorkspace = true } = {}) {
  const editor = new Editor(path, code)
  const problems = new Problems()
  const said = []
  const asked = []
  globalThis.fetch = async (address, { body }) => {
    asked.push(JSON.parse(body))
    const answer = await site(asked.length, editor)
    return { ok: true, status: 200, text: async () => JSON.stringify(answer) }
  }
  const checker = new Checker({
    project: 1, editor, problems, endings: ["py"], hasWorkspace: () => hasWorkspace,
    panel: {
      say: (words, kind = "", more = []) => said.push([words, kind, more.length].join("|")),
      sayNone: (words, more = []) => said.push([`None: ${words}`, "", more.length].join("|"))
    }
  })
  return { editor, problems, said, asked, checker }
}

test("what is asked for is asked at once, and the answer is there and told", async () => {
  const page = open(() => answerOf({ problems: [bad("a.py", 2, "no")] }), { hasWorkspace: false })
  await page.checker.check()
  assert.deepEqual(page.asked, [{ file: "a.py", isAutomatic: false }])
  assert.deepEqual(page.problems.of("a.py").map(({ message }) => message), ["no"])
  assert.deepEqual(page.said, ["Checking a.py…|running|0", "||0"])
})

test("saving asks at once, also without a workspace, but not for a file of another language", async () => {
  const page = open(() => answerOf({}), { hasWorkspace: false })
  await page.checker.checkSaved()
  assert.deepEqual(page.asked, [{ file: "a.py", isAutomatic: false }])
  const other = open(() => answerOf({}), { path: "notes.txt" })
  await other.checker.checkSaved()
  assert.equal(other.asked.length, 0)
})

test("that none were found is said as what is true as long as nobody finds any", async () => {
  const page = open(() => answerOf({}))
  await page.checker.check()
  assert.equal(page.said.at(-1), "None: No problems were found.||0")
})

test("typing asks once, after a pause, and only where there is a workspace and a file of the language", async () => {
  const page = open(() => answerOf({}))
  page.checker.start()
  for (let index = 0; index < 5; index += 1) {
    page.editor.edit(0, "x")
    await wait(100)
  }
  assert.equal(page.asked.length, 0)
  await wait(1100)
  assert.deepEqual(page.asked, [{ file: "a.py", isAutomatic: true }])
  page.checker.stop()
  for (const other of [open(() => answerOf({}), { hasWorkspace: false }), open(() => answerOf({}), { path: "py" })]) {
    other.checker.start()
    other.editor.edit(0, "x")
    await wait(1200)
    assert.equal(other.asked.length, 0)
    other.checker.stop()
  }
})

test("the newest wins: an answer that comes after a newer question is nobody's", async () => {
  let release
  const held = new Promise(resolve => { release = resolve })
  const page = open(async number => {
    if (number === 1) await held
    return answerOf({ problems: [bad("a.py", 1, number === 1 ? "old" : "new")] })
  })
  const first = page.checker.check()
  await wait(10)
  await page.checker.check()
  release()
  await first
  assert.deepEqual(page.problems.all.map(({ message }) => message), ["new"])
})

test("what was typed while the check went on moves what it found", async () => {
  const page = open((number, editor) => {
    editor.edit(0, "zero\n")
    editor.edit(0, "\n")
    return answerOf({ problems: [bad("a.py", 2, "two"), bad("b.py", 2, "other")] })
  })
  await page.checker.check()
  assert.deepEqual(page.problems.all.map(({ path, line }) => `${path}:${line}`), ["a.py:4", "b.py:2"])
})

test("when the site had another text than this page it is asked again, a few times", async () => {
  const page = open(number => answerOf({ versions: { "a.py": number === 1 ? 2 : 1 }, problems: [bad("a.py", 1, "x")] }))
  await page.checker.check()
  assert.equal(page.asked.length, 2)
  const other = open(() => answerOf({ versions: { "a.py": 9 }, problems: [bad("a.py", 1, "x")] }))
  await other.checker.check()
  assert.equal(other.asked.length, 3)
  assert.equal(other.problems.all.length, 1)
})

test("a check of one file leaves what is known of others", async () => {
  const page = open(number => answerOf({ looksAtAll: false, problems: number === 1 ? [bad("a.py", 1, "x")] : [] }))
  page.problems.set("check", "b.py", [bad("b.py", 1, "kept")])
  page.problems.set("server", "a.py", [bad("a.py", 2, "the server’s")])
  await page.checker.check()
  await page.checker.check()
  assert.deepEqual(page.problems.all.map(({ message }) => message), ["the server’s", "kept"])
})

test("what can't be is told, and what was known stays", async () => {
  for (const [answer, said] of [
    [{ kind: "busy", words: "No room." }, "No room.||0"],
    [{ kind: "failed", words: "Too long." }, "Too long.|failed|0"],
    [{ kind: "unclear", words: "Failed.", output: "gcc: x" }, "Failed.|failed|1"],
    [{ kind: "unchecked", words: "No Python." }, "No Python.||0"],
    [{ kind: "superseded", words: "Newer." }, "Newer.||0"]
  ]) {
    const page = open(() => answerOf(answer))
    page.problems.set("check", [bad("a.py", 1, "known")])
    await page.checker.check()
    assert.equal(page.said.at(-1), said)
    assert.equal(page.problems.all.length, 1)
    page.checker.stop()
  }
  const page = open(() => answerOf({}))
  page.editor.isSaved = false
  await page.checker.check()
  assert.match(page.said.at(-1), /can’t be saved now/)
  assert.equal(page.asked.length, 0)
})

test("without an answer of the site that is told", async () => {
  const page = open(() => answerOf({}))
  globalThis.fetch = async () => { throw new TypeError("network") }
  await page.checker.check()
  assert.match(page.said.at(-1), /doesn’t answer.*failed/)
})

test("a drift begins and ends when it is told", () => {
  const editor = new Editor("a.py", "one")
  const drift = new Drift(editor)
  editor.edit(0, "\n")
  drift.start()
  editor.edit(0, "\n")
  drift.stop()
  editor.edit(0, "\n")
  assert.equal(drift.applied([bad("a.py", 2, "x")])[0].line, 3)
  assert.equal(drift.applied([bad("b.py", 2, "x")])[0].line, 2)
})
