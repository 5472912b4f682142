import "./vendor.js"
import assert from "node:assert/strict"
import { test } from "node:test"

const { EditorState, basicSetup, emacsStyleKeymap, keymap, Prec } = await import("codemirror")
const { EDITING, EMACS, bindingsOf, editingCommands } = await import("../../Templates/editing/editing-commands.js")

const state = EditorState.create({ extensions: [basicSetup] })

test("every command of the editor is bound to the key that is shown", () => {
  for (const [name, , key] of EDITING) assert.ok(bindingsOf(state, key).length, `${name}: ${key}`)
  assert.deepEqual(bindingsOf(state, "Mod-Shift-y"), [])
})

test("a command does the same for those who prefer other keys", () => {
  const emacs = EditorState.create({ extensions: [basicSetup, Prec.high(keymap.of(emacsStyleKeymap))] })
  for (const [, , key] of EDITING) assert.equal(bindingsOf(emacs, key)[0].run, bindingsOf(state, key)[0].run, key)
})

test("the list of keys has all by which one moves as in Emacs, and no others", () => {
  const listed = EMACS.flatMap(([, ...keys]) => keys)
  assert.deepEqual(listed.toSorted(), emacsStyleKeymap.map(({ key }) => key).toSorted())
})

test("who may not edit is offered nothing that would change the text", () => {
  const names = editingCommands({ press: () => {}, isPossible: () => true, mayEdit: false }).map(({ name }) => name)
  assert.ok(names.includes("find-in-file") && names.includes("fold"))
  for (const name of ["undo", "comment", "delete-line", "complete"]) assert.ok(!names.includes(name), name)
})
