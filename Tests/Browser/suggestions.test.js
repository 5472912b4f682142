import "./vendor.js"
import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { test } from "node:test"
import { NAMED_LANGUAGES, namesFor } from "../../Templates/editing/names.js"
import { ProjectSymbols } from "../../Templates/editing/project-symbols.js"
import { suggestedWords } from "../../Templates/editing/words.js"
const { EditorSelection, EditorState, Text, ensureSyntaxTree, foldable, toggleComment } = await import("codemirror")
const { MOST, noteUse, suggestions } = await import("../../Templates/editing/suggestions.js")
const { languageOf } = await import("../../Templates/editing/language-of.js")
const { applySnippet, expand } = await import("../../Templates/editing/snippets.js")

const CATALOGUE = new URL("../../Sources/Languages/Catalogue/", import.meta.url)
const manifests = readdirSync(CATALOGUE).flatMap(name => {
  try {
    return [JSON.parse(readFileSync(new URL(`${name}/language.json`, CATALOGUE)))]
  } catch {
    return []
  }
})
const text = code => Text.of(code.split("\n"))
const NAMES = {
  names: [{ label: "counted", type: "function" }, { label: "continue", type: "keyword" }],
  snippets: [{ label: "class", detail: "class", template: "class ${1:Name}" }]
}

async function project(symbols, words = []) {
  const files = [...new Set(symbols.map(([, , path]) => path))]
  const answer = {
    isWhole: true, files, words, symbols: symbols.map(([name, kind, path]) => [name, kind, files.indexOf(path), 1])
  }
  return new ProjectSymbols(1, { fetch: async () => answer }).refresh()
}

async function suggested(word, { doc = "", texts = [], symbols = [], words = [], known = [], isText = false } = {}) {
  const near = text(doc)
  return suggestions(word, {
    path: "main.py", words: suggestedWords(word, near, [near, ...texts]), names: NAMES,
    project: await project(symbols, words), known: new Set(known), isText
  })
}

const ranked = options => options.toSorted((a, b) => b.boost - a.boost).map(({ label }) => label)

test("symbols come before words, near before far, keywords between them, and each once", async () => {
  const options = await suggested("c", {
    doc: "cousin = 1", texts: [text("cobalt")], words: ["clay", "cousin"],
    symbols: [["castle", "class", "lib/a.py"], ["crow", "function", "main.py"]]
  })
  assert.deepEqual(ranked(options), [
    "crow", "castle", "cousin", "continue", "class", "counted", "cobalt", "clay"
  ])
  const castle = options.find(({ label }) => label === "castle")
  assert.equal(castle.detail, "lib/a.py")
  assert.equal(castle.type, "class")
})

test("what was taken last comes first", async () => {
  const words = { doc: "zenith zephyr zodiac" }
  noteUse("zephyr")
  noteUse("zodiac")
  assert.deepEqual(ranked(await suggested("z", words)), ["zodiac", "zephyr", "zenith"])
})

test("in a string there are words only, and what somebody else suggests is not suggested twice", async () => {
  const options = await suggested("c", { doc: "cousin = 1", symbols: [["crow", "function", "main.py"]], isText: true })
  assert.deepEqual(ranked(options), ["cousin"])
  assert.deepEqual(ranked(await suggested("c", { known: ["continue", "counted"] })), ["class"])
})

test("of twenty thousand words and ten thousand symbols the best are given, the same each time", async () => {
  const many = Array.from({ length: 20_000 }, (_, number) => `word${number}`)
  const symbols = many.slice(0, 10_000).map((name, number) => [`w${name}`, "function", `f${number % 500}.py`])
  const near = text(many.slice(0, 5000).join("\n"))
  const all = await project(symbols, many)
  const once = () => suggestions("wo", {
    path: "main.py", words: suggestedWords("wo", near, [near]), names: NAMES, project: all, known: new Set(),
    isText: false
  })
  const { length } = once()
  assert.ok(length > 0 && length <= MOST, `${length}`)
  assert.deepEqual(once(), once())
})

test("the site is asked once a minute, sooner while it has not read all, and an old answer will do", async () => {
  let asked = 0
  let time = 0
  let answer = { isWhole: false, files: [], symbols: [], words: ["owl"] }
  const symbols = new ProjectSymbols(7, {
    now: () => time,
    fetch: async path => {
      asked += 1
      assert.equal(path, "/projects/7/symbols.json")
      if (!answer) throw new Error("away")
      return answer
    }
  })
  assert.equal(symbols.known.words.size, 0)
  await symbols.refresh()
  assert.deepEqual(symbols.known.words.get("o"), ["owl"])
  assert.equal(asked, 1)
  time = 3_001
  answer = null
  assert.deepEqual(symbols.known.words.get("o"), ["owl"])
  await symbols.refresh()
  assert.equal(asked, 2)
  time = 60_000
  assert.deepEqual(symbols.known.words.get("o"), ["owl"])
  assert.equal(asked, 2)
})

test("every language of the catalogue has names and snippets, each snippet ends somewhere", async () => {
  assert.deepEqual(NAMED_LANGUAGES.toSorted(), manifests.map(({ id }) => id).toSorted())
  for (const { id, extensions } of manifests) {
    for (const extension of extensions) {
      assert.notEqual((await namesFor(`lib/x.${extension}`)).names.length, 0, `${id}: .${extension}`)
    }
    const { names, snippets } = await namesFor(`main.${extensions[0]}`)
    assert.ok(names.length >= 40, id)
    assert.ok(snippets.length >= 3 && snippets.length <= 12, id)
    for (const { template } of snippets) assert.equal(expand(template).fields.at(-1).length, 1, `${id}: ${template}`)
  }
  assert.deepEqual(await namesFor("notes.txt"), { names: [], snippets: [] })
})

test("every language of the catalogue is known to the editor, by its files, and its comments are toggled", async () => {
  const odd = { assembly: "; one", fortran: "! one", octave: "% one", prolog: "% one" }
  for (const { id, extensions } of manifests) {
    for (const extension of extensions) {
      const extensionsOf = await languageOf(`lib/main.${extension}`)
      assert.ok(extensionsOf, `${id}: .${extension}`)
      let state = EditorState.create({ doc: "one\ntwo", extensions: extensionsOf })
      const dispatch = transaction => {
        state = transaction.state
      }
      assert.ok(toggleComment({ state, dispatch }), `${id}: .${extension}`)
      const commented = state.doc.line(1).text
      assert.ok(commented.includes("one") && commented !== "one", `${id}: .${extension}`)
      if (odd[id]) assert.equal(commented, odd[id])
      toggleComment({ state, dispatch })
      assert.equal(state.doc.toString(), "one\ntwo", `${id}: .${extension}`)
    }
  }
})

test("every language folds its starters; what is folded without a syntax tree is what is indented deeper", async () => {
  for (const { id, extensions } of manifests) {
    const starters = new URL(`${id}/starters/`, CATALOGUE)
    const programs = readdirSync(starters, { recursive: true }).filter(path => (
      extensions.some(extension => path.endsWith(`.${extension}`))
    ))
    const language = await languageOf(`main.${extensions[0]}`)
    const folds = programs.flatMap(path => foldsOf(readFileSync(new URL(path, starters), "utf8"), language))
    assert.ok(folds.length > 0, `${id}: ${programs}`)
  }
  const code = "function f()\n  if x then\n\n    y()\n  end\nend\n\nf()\n"
  assert.deepEqual(foldsOf(code, await languageOf("main.lua")), ["\n  if x then\n\n    y()\n  end", "\n\n    y()"])
})

function foldsOf(doc, extensions) {
  const state = EditorState.create({ doc, extensions })
  ensureSyntaxTree(state, doc.length)
  const lines = Array.from({ length: state.doc.lines }, (_, index) => state.doc.line(index + 1))
  const folds = lines.flatMap(({ from, to }) => foldable(state, from, to) ?? [])
  return folds.map(({ from, to }) => state.sliceDoc(from, to))
}

test("a snippet has its line's indentation, its fields in their order, and dollars", () => {
  const { text: made, fields } = expand("for ${1:i} in ${2:x}:\n\t${0}$$${1:i}", "  ", "    ")
  assert.equal(made, "for i in x:\n      $i")
  assert.deepEqual(fields, [[{ from: 4, to: 5 }, { from: 19, to: 20 }], [{ from: 9, to: 10 }], [{ from: 18, to: 18 }]])
  assert.equal(expand("if x:\n\t${0}", "\t", "    ").text, "if x:\n\t    ", "the line's own tabs stay")
  assert.deepEqual(expand("end").fields, [[{ from: 3, to: 3 }]])
})

test("a snippet takes the place of what was typed, and its fields are written together", () => {
  let state = EditorState.create({ doc: "  fo", extensions: EditorState.allowMultipleSelections.of(true) })
  const view = {
    get state() {
      return state
    },
    dispatch: spec => {
      state = state.update(spec).state
    }
  }
  applySnippet(view, "for (${1:i} = 0; ${1:i} < ${2:n}; ) {\n\t${0}\n}", 2, 4)
  assert.equal(state.doc.toString(), "  for (i = 0; i < n; ) {\n    \n  }")
  assert.deepEqual(state.selection.ranges.map(({ from, to }) => [from, to]), [[7, 8], [14, 15]])
  assert.ok(state.selection.eq(EditorSelection.create([EditorSelection.range(7, 8), EditorSelection.range(14, 15)])))
})
