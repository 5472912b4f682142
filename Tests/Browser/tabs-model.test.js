import assert from "node:assert/strict"
import { test } from "node:test"
import { tabNames } from "../../Templates/editing/editor-tabs.js"
import {
  NO_TABS, beside, closed, existing, moved, opened, restored, restoredPlaces
} from "../../Templates/editing/tabs-model.js"

// "1 [2] 3 / 4 5": tabs 1, 2 and 3, of which 2 is shown; 4 and then 5 were closed.
function tabs(words) {
  const [open, gone = ""] = words.split("/")
  const numbers = text => (text.match(/\d+/g) ?? []).map(Number)
  return { open: numbers(open), current: Number(/\[(\d+)\]/.exec(open)?.[1] ?? NaN) || null, closed: numbers(gone) }
}

test("a file opens beside the one that is shown, and is shown again where it is", () => {
  assert.deepEqual(opened(NO_TABS, 7), tabs("[7]"))
  assert.deepEqual(opened(tabs("1 [2] 3"), 4), tabs("1 2 [4] 3"))
  assert.deepEqual(opened(tabs("1 [2] 3"), 1), tabs("[1] 2 3"))
  assert.deepEqual(opened(tabs("[1] / 2 3"), 2), tabs("1 [2] / 3"))
})

test("when a tab is closed the next one is shown, or the one before", () => {
  assert.deepEqual(closed(tabs("1 [2] 3"), 2), tabs("1 [3] / 2"))
  assert.deepEqual(closed(tabs("1 2 [3]"), 3), tabs("1 [2] / 3"))
  assert.deepEqual(closed(tabs("1 [2]"), 1), tabs("[2] / 1"))
  assert.deepEqual(closed(tabs("[1]"), 1), tabs("/ 1"))
  assert.deepEqual(closed(tabs("[1]"), 9), tabs("[1]"))
})

test("a tab moves as far as there are places", () => {
  assert.deepEqual(moved(tabs("1 [2] 3"), 2, 1), tabs("1 3 [2]"))
  assert.deepEqual(moved(tabs("1 [2] 3"), 1, 9), tabs("[2] 3 1"))
  assert.deepEqual(moved(tabs("1 [2] 3"), 2, -5), tabs("[2] 1 3"))
})

test("tabs are gone through round and round", () => {
  assert.equal(beside(tabs("1 2 [3]"), 1), 1)
  assert.equal(beside(tabs("[1] 2 3"), -1), 3)
  assert.equal(beside(NO_TABS, 1), null)
})

test("files that are gone have no tab; the nearest one is shown then", () => {
  assert.deepEqual(existing(tabs("1 [2] 3 / 4 5"), id => ![2, 5].includes(id)), tabs("1 [3] / 4"))
  assert.deepEqual(existing(tabs("1 [2] 3"), id => id === 1), tabs("[1]"))
  assert.deepEqual(existing(tabs("[1]"), () => false), NO_TABS)
})

test("of what was kept only what makes sense is taken", () => {
  assert.deepEqual(restored({ open: [3, 1, 3, "2", null], current: 1, closed: [1, 9] }), tabs("3 [1] / 9"))
  assert.deepEqual(restored({ open: [3], current: 8 }), tabs("[3]"))
  for (const rubbish of [null, undefined, 7, "x", { open: "12" }, { open: {} }]) {
    assert.deepEqual(restored(rubbish), NO_TABS)
  }
})

test("two files of one name are told apart by their folders", () => {
  assert.deepEqual(tabNames(["a/main.py", "b/c/main.py", "x/only.py"]), [
    { name: "main.py", folder: "a" }, { name: "main.py", folder: "b/c" }, { name: "only.py", folder: "" }
  ])
})

test("of kept places of cursors only what makes sense is taken", () => {
  const place = { line: 3, column: 0 }
  const rubbish = [[2, { line: "3", column: 0 }], [2, { line: 1, column: -1 }], [2, null], [2], null, "x"]
  assert.deepEqual([...restoredPlaces([[1, place], ...rubbish])], [[1, place]])
  for (const other of [undefined, null, "x", 5, {}]) assert.equal(restoredPlaces(other).size, 0)
})
