import assert from "node:assert/strict"
import { existsSync, readFileSync, readdirSync } from "node:fs"
import { test } from "node:test"
import { wordsOf } from "../../Templates/editing/arranging.js"
import { kindOf } from "../../Templates/editing/file-icons.js"
import { NewFolders } from "../../Templates/editing/new-folders.js"
import {
  counted, filesIn, filtered, folderOf, foldersOf, nameOf, outermost, refusalOf, rowsOf, treeOf
} from "../../Templates/editing/tree-model.js"
import { NOTHING, all, kept, moved, only, ranged, toggled } from "../../Templates/editing/tree-selection.js"

const filesAt = (...paths) => paths.map((path, id) => ({ id, path }))
const draw = rows => rows.map(row => `${"  ".repeat(row.level - 1)}${row.name} ${row.position}/${row.size}`)
const chosen = ({ chosen, focus }) => `${[...chosen].sort().join("")} ${focus}`

test("the tree lists folders first, names by number, closed folders without their files", () => {
  const tree = treeOf(filesAt("b.py", "a10.py", "a9.py", "lib/x/deep.py", "lib/y.py"))
  assert.deepEqual(draw(rowsOf(tree, () => true)), [
    "lib 1/4", "  x 1/2", "    deep.py 1/1", "  y.py 2/2", "a9.py 2/4", "a10.py 3/4", "b.py 4/4"
  ])
  assert.deepEqual(draw(rowsOf(tree, path => path !== "lib")), ["lib 1/4", "a9.py 2/4", "a10.py 3/4", "b.py 4/4"])
})

test("folders without files are rows, too, until there are some", () => {
  const rows = rowsOf(treeOf(filesAt("a/b"), ["a/new", "a"]), () => true)
  const shown = rows.map(({ path, isEmpty }) => [path, isEmpty])
  assert.deepEqual(shown, [["a", false], ["a/new", true], ["a/b", undefined]])
})

test("paths are taken apart", () => {
  assert.deepEqual(foldersOf("lib/x/deep.py"), ["lib", "lib/x"])
  assert.deepEqual([folderOf("lib/x/deep.py"), folderOf("a"), nameOf("lib/x/deep.py"), nameOf("a")],
    ["lib/x", "", "deep.py", "a"])
  assert.deepEqual(outermost(["a/b/c", "a/b", "ab", "a/x"]), ["a/b", "ab", "a/x"])
})

test("files are found by words in their paths, whatever the case", () => {
  const files = filesAt("src/Words.py", "src/test/words_test.py", "README")
  const found = text => filtered(files, text).map(({ path }) => path)
  assert.deepEqual(found("WORDS"), ["src/Words.py", "src/test/words_test.py"])
  assert.deepEqual(found("test words"), ["src/test/words_test.py"])
  assert.deepEqual(found("  "), files.map(({ path }) => path))
  assert.deepEqual(found("never"), [])
})

test("nothing goes into itself, nor where it is, unless it is copied", () => {
  assert.match(refusalOf(["a"], "a"), /itself/)
  assert.match(refusalOf(["a/b"], "a/b/c", true), /itself/)
  assert.equal(refusalOf(["a"], "ab"), null)
  assert.match(refusalOf(["a/x", "a/y"], "a"), /there already/)
  assert.equal(refusalOf(["a/x", "y"], "a"), null)
  assert.equal(refusalOf(["a/x"], "a", true), null)
})

test("rows are counted in words", () => {
  const [file, folder] = [{ kind: "file" }, { kind: "folder" }]
  assert.deepEqual([[file], [file, file], [folder], [folder, folder], [file, folder, file]].map(counted),
    ["1 file", "2 files", "1 folder", "2 folders", "3 files and folders"])
})

test("rows are chosen alone, one by one, in ranges from where one began, and all", () => {
  const paths = ["a", "b", "c", "d"]
  let selection = only("b")
  assert.equal(chosen(selection = toggled(selection, "d")), "bd d")
  assert.equal(chosen(ranged(selection, "b", paths)), "bcd b")
  assert.equal(chosen(ranged(ranged(selection, "b", paths), "c", paths)), "cd c")
  assert.equal(chosen(toggled(selection, "b")), "d b")
  assert.equal(chosen(moved(selection, "a")), "bd a")
  assert.equal(chosen(all(selection, paths)), "abcd d")
  assert.equal(chosen(ranged(NOTHING, "c", paths)), "c c")
})

test("when rows go, the focus stays where it was on the screen", () => {
  const selection = { chosen: new Set(["b", "c"]), focus: "b", anchor: "b" }
  assert.equal(chosen(kept(selection, ["a", "b", "d"], 1)), "b b")
  assert.equal(chosen(kept(selection, ["a", "d", "e"], 1)), "d d")
  assert.equal(chosen(kept(selection, ["a"], 1)), "a a")
  assert.equal(chosen(kept(NOTHING, ["a", "b"], -1)), "a a")
  assert.equal(kept(selection, [], 1), NOTHING)
})

test("kinds of files are known by their endings", () => {
  const kind = (name, more) => kindOf({ kind: "file", name, ...more }).words
  assert.deepEqual([kind("a.PY"), kind("b.tar.gz"), kind("Makefile"), kind(".gitignore")],
    ["program", "archive", "file", "settings"])
  assert.equal(kindOf({ kind: "folder", name: "a.py" }).words, "folder")
  assert.equal(kind("constructor"), "file")
})

test("no new folder takes the path of a file, or is none", () => {
  const folders = new NewFolders({ read: () => null, write() {} }, "new")
  folders.settle(filesAt("main.py", "lib/a.py"))
  assert.throws(() => folders.add("main.py"), /There is a file main.py already/)
  assert.throws(() => folders.add("a/../b"), /A path has names/)
  folders.add("free")
  assert.throws(() => folders.replace("free", "lib/a.py"), /already/)
  assert.deepEqual(folders.paths, ["free"])
})

test("new folders are kept until there is a file in them", () => {
  const store = new Map([["new", ["a/b", "../x", 7, "gone"]]])
  const kept = { read: name => store.get(name), write: (name, value) => store.set(name, value) }
  const folders = new NewFolders(kept, "new")
  assert.deepEqual(folders.paths, ["a/b", "gone"])
  folders.add("c/d")
  assert.throws(() => folders.add("a/../b"))
  folders.settle(filesAt("a/b/file", "gone"))
  assert.deepEqual(store.get("new"), ["c/d"])
  folders.replace("c/d", "c/d")
  assert.deepEqual(folders.paths, ["c/d"])
  folders.replace("c", "x")
  assert.deepEqual(folders.paths, ["x/d"])
  folders.add("x")
  folders.replace("x", "x/y")
  assert.deepEqual(folders.paths, ["x/y/d", "x/y"])
  assert.throws(() => folders.replace("x", ".."))
  folders.remove("x")
  folders.add("c/d")
  folders.replace("c/d", "e")
  assert.deepEqual(folders.paths, ["e"])
  folders.remove("e")
  assert.equal(store.get("new"), null)
})

test("a refusal of many names the first of them", () => {
  assert.equal(wordsOf({ message: "No.", fields: { a: "A." } }), "No.")
  const fields = Object.fromEntries(Array.from({ length: 7 }, (_, index) => [`f${index}`, `${index}.`]))
  assert.equal(wordsOf({ message: "No.", fields }), "Nothing was done. 0. 1. 2. 3. 4. And 2 more.")
})

test("files that are in the tree's order already make the same rows, five thousand of them, too", () => {
  const files = filesAt(...Array.from({ length: 5000 }, (_, n) => `part-${n % 50}/in-${n % 7}/file-${n}.py`))
  const tree = treeOf(files)
  const ordered = filesIn(tree)
  assert.deepEqual(rowsOf(treeOf(ordered, [], true), () => true), rowsOf(tree, () => true))
})

test("every file of a language of the catalogue is drawn as a program of its kind", () => {
  const catalogue = new URL("../../Sources/Languages/Catalogue/", import.meta.url)
  for (const id of readdirSync(catalogue)) {
    const manifest = new URL(`${id}/language.json`, catalogue)
    const { extensions } = existsSync(manifest) ? JSON.parse(readFileSync(manifest)) : { extensions: [] }
    for (const ending of extensions) {
      assert.notEqual(kindOf({ kind: "file", name: `a.${ending}` }).kind, "other", `${id}: ${ending}`)
    }
  }
})
