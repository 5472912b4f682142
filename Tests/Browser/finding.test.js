import assert from "node:assert/strict"
import { test } from "node:test"
import { fit, rank } from "../../Templates/shared/fuzzy.js"
import { isPressed, keyWords } from "../../Templates/shared/keys.js"

const best = (letters, ...names) => rank(letters, names, name => name, 10).map(found => found.item)
const press = (key, ...held) => ({
  key, code: `Key${key.toUpperCase()}`, ctrlKey: held.includes("ctrl"), metaKey: held.includes("meta"),
  altKey: held.includes("alt"), shiftKey: held.includes("shift")
})

test("letters fit a name that has them in their order, whatever their case", () => {
  assert.ok(fit("mnp", "main.py"))
  assert.ok(fit("MAIN", "src/main.py"))
  assert.equal(fit("nim", "main.py"), null)
  assert.equal(fit("mainn", "main.py"), null)
})

test("the letters that were meant are told by their places", () => {
  assert.deepEqual(fit("wt", "lib/word_tree.py").places, [4, 9])
  assert.deepEqual(fit("py", "copy.py").places, [5, 6])
})

test("names that begin with the letters come before those that have them somewhere", () => {
  assert.deepEqual(best("test", "src/latest.py", "src/test.py", "attestation.md"), [
    "src/test.py", "src/latest.py", "attestation.md"
  ])
  assert.equal(best("fc", "flac.c", "file-commands.js")[0], "file-commands.js")
  assert.equal(best("ft", "after.txt", "FileTree.swift")[0], "FileTree.swift")
})

test("without letters everything is there, in its order", () => {
  assert.deepEqual(best("", "b", "a", "c"), ["b", "a", "c"])
})

test("a letter whose small one is longer moves no place", () => {
  assert.deepEqual(fit("x", "İx").places, [1])
})

test("five thousand files are ranked while somebody types", () => {
  const name = number => `packages/part-${number % 70}/source/component_${number}.tsx`
  const files = Array.from({ length: 5000 }, (_, number) => name(number))
  const found = rank("pcomp4999", files, file => file, 50)
  assert.equal(found[0].item, files[4999])
  assert.ok(found.length <= 50)
})

test("a key is pressed with just what it is held with", () => {
  assert.ok(isPressed("Mod-Shift-p", press("P", "ctrl", "shift"), false))
  assert.ok(isPressed("Mod-Shift-p", press("P", "meta", "shift"), true))
  assert.ok(!isPressed("Mod-p", press("P", "ctrl", "shift"), false))
  assert.ok(!isPressed("Mod-p", press("p", "ctrl", "alt"), false))
  assert.ok(!isPressed("Mod-p", press("p", "ctrl"), true), "Control is not Command")
  assert.ok(isPressed("Ctrl-`", press("`", "ctrl"), true))
  assert.ok(isPressed("Mod-\\", press("\\", "ctrl"), false))
  assert.ok(isPressed("Alt-w", { ...press("∑", "alt"), code: "KeyW" }, true), "with Alt, Apple types other letters")
  const typed = { ...press("~", "alt"), code: "KeyN", target: { closest: selector => selector.includes("textarea") } }
  assert.ok(!isPressed("Alt-n", typed, true), "what is typed with Option is no command")
  assert.ok(isPressed("Mod-Alt-n", { ...typed, metaKey: true }, true))
})

test("a key is written as the keyboard has it", () => {
  assert.equal(keyWords("Mod-Shift-p", false), "Ctrl+Shift+P")
  assert.equal(keyWords("Mod-Shift-p", true), "⇧⌘P")
  assert.equal(keyWords("Alt-ArrowUp", false), "Alt+↑")
  assert.equal(keyWords("Mod--", false), "Ctrl+-")
})
