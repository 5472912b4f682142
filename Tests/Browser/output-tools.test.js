// Searching and copying what programs printed.
import assert from "node:assert/strict"
import { test } from "node:test"
import { MOST, asksForSearch, findAll, firstFrom, places } from "../../Templates/running/find.js"
import { cellAt, lineAt, linesOf } from "../../Templates/running/terminal-lines.js"
import { wholeOutput } from "../../Templates/running/whole-output.js"

const lines = (...texts) => texts.map((text, row) => ({ row, text }))
const draw = matches => matches.map(({ line, index, length }) => `${line.row}:${index}+${length}`)

// A buffer as xterm has it, of rows as they are seen: `>` begins one that goes on with the row before it, 漢 is wide.
function buffer(...rows) {
  const drawn = rows.map(row => {
    const isWrapped = row.startsWith(">")
    const cells = [...row.slice(isWrapped ? 1 : 0)].flatMap(character => {
      const cell = (chars, width) => ({ getChars: () => chars, getWidth: () => width })
      return character === "漢" ? [cell(character, 2), cell("", 0)] : [cell(character === " " ? "" : character, 1)]
    })
    const text = cells.filter(cell => cell.getWidth()).map(cell => cell.getChars() || " ").join("")
    return {
      isWrapped, length: cells.length, getCell: column => cells[column],
      translateToString: trim => trim ? text.trimEnd() : text
    }
  })
  return { length: drawn.length, getLine: row => drawn[row] }
}

test("words are found in every line, whatever the case, and mean themselves", () => {
  assert.deepEqual(draw(findAll(lines("an owl", "Owl, OWL"), "owl")), ["0:3+3", "1:0+3", "1:5+3"])
  assert.deepEqual(draw(findAll(lines("a.b", "axb (a.b)"), "a.b")), ["0:0+3", "1:5+3"])
  assert.deepEqual(draw(findAll(lines("1/2 [x] {y} \\ -"), "[x] {y} \\ -")), ["0:4+11"])
  assert.deepEqual(draw(findAll(lines("é😀é"), "É")), ["0:0+1", "0:3+1"])
  assert.deepEqual(findAll(lines("anything"), ""), [])
  assert.equal(findAll(lines("x".repeat(MOST + 5)), "x").length, MOST)
})

test("a search goes on from where one looks, and round the end", () => {
  const matches = findAll(lines("a", "-", "a a", "a"), "a")
  assert.equal(firstFrom(matches, { row: 0, index: 0 }), 0)
  assert.equal(firstFrom(matches, { row: 1, index: 0 }), 1)
  assert.equal(firstFrom(matches, { row: 2, index: 1 }), 2)
  assert.equal(firstFrom(matches, { row: 3, index: 1 }), 0)
  assert.equal(firstFrom([], { row: 3, index: 1 }), 0)
})

test("the count says where one is, and when there is more than is counted", () => {
  assert.equal(places(0, 0), "Not found")
  assert.equal(places(2, 12), "3 of 12")
  assert.equal(places(0, MOST), "1 of 10000 or more")
})

test("Control-F or Command-F asks for a search, nothing else", () => {
  const none = { key: "f", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }
  const press = keys => asksForSearch({ ...none, ...keys })
  assert.ok(press({ ctrlKey: true }))
  assert.ok(press({ metaKey: true }))
  assert.ok(press({ ctrlKey: true, key: "F" }))
  assert.ok(!press({}))
  assert.ok(!press({ ctrlKey: true, shiftKey: true }))
  assert.ok(!press({ ctrlKey: true, altKey: true }))
  assert.ok(!press({ ctrlKey: true, metaKey: true }))
  assert.ok(!press({ ctrlKey: true, key: "g" }))
})

test("rows that were wrapped are one line, and empty ones at the end are none", () => {
  assert.deepEqual(linesOf(buffer("abc ", ">def", "x   ", "    ", "    ")), [
    { row: 0, text: "abc def" }, { row: 2, text: "x" }
  ])
  // What a wrapped row belongs to may be gone already.
  assert.deepEqual(linesOf(buffer(">def", "x   ")), [{ row: 0, text: "def" }, { row: 1, text: "x" }])
})

test("the line of a row is the one that it is a part of", () => {
  const rows = buffer("abc ", ">def", ">ghi", "x   ")
  for (const row of [0, 1, 2]) assert.deepEqual(lineAt(rows, row), { row: 0, text: "abc defghi" })
  assert.deepEqual(lineAt(rows, 3), { row: 3, text: "x" })
  // What a wrapped row belongs to may be gone already.
  assert.deepEqual(lineAt(buffer(">def", ">ghi"), 1), { row: 0, text: "defghi" })
})

test("a place in a line is a cell of the terminal: wide characters take two", () => {
  const wide = buffer("a漢b", ">漢cd")
  assert.equal(linesOf(wide)[0].text, "a漢b漢cd")
  assert.deepEqual([0, 1, 2, 3, 4, 5, 6].map(index => cellAt(wide, 0, index)), [0, 1, 3, 4, 6, 7, 8])
  const sign = buffer("x😀y")
  assert.deepEqual([0, 1, 3].map(index => cellAt(sign, 0, index)), [0, 1, 2])
})

test("the whole output is plain text, put together from what is kept", async () => {
  const base64 = text => Buffer.from(text).toString("base64")
  const asked = []
  const site = pieces => path => {
    asked.push(path)
    return pieces.shift()
  }
  const text = await wholeOutput(7, site([
    { from: 0, bytes: base64("\u001b[31mred\u001b[0m\r\n10%\r100%\nhe"), length: 1000 },
    { from: 990, bytes: base64("lo\nend"), length: 996 }
  ]))
  assert.equal(text, "red\n100%\nhe\n[… 965 bytes were not kept …]\nlo\nend")
  assert.deepEqual(asked, ["/runs/7/output?from=0", "/runs/7/output?from=25"])
  assert.equal(await wholeOutput(7, site([{ from: 0, bytes: "", length: 0 }])), "")
})
