import { syntaxTree } from "codemirror"
import { MOST_PATHS, suggestedModules, suggestedPaths, typedModule, typedPath } from "./paths-model.js"
import { MOST_WORDS, suggestedWords } from "./words.js"

const WORD_BEFORE = /[\p{L}_$][\p{L}\p{N}_$]*$/u
// While what is typed goes on like this, the editor narrows the list itself.
const WORD = /^[\p{L}\p{N}_$]*$/u
const PATH = /^[^\s"'<>;)]*$/
const MODULE = /^[\w.]*$/
const NO_PROJECT = { byLetter: new Map(), words: new Map() }
const PATIENCE = 300

/// What CodeMirror may suggest at a place, besides what its language says itself: paths of the project's files within a
/// string that names one; its modules in an import, with what follows; elsewhere symbols and words of the project, the
/// language's names, and snippets. In comments and prose only when the reader asks for it (Ctrl-Space), and words only.
///
/// `path` is the file's, `texts` the open files' texts, `paths()` those of all files of the project, `symbols` its
/// `ProjectSymbols`, if there are any.
export async function complete(context, { path, texts, paths, symbols }) {
  const { state, pos } = context
  const line = state.doc.lineAt(pos)
  const before = line.text.slice(0, pos - line.from)
  const module = typedModule(before, path)
  const modules = module === null ? [] : modulesOf(suggestedModules(module, path, await paths()))
  const typed = typedPath(before)
  // A name with a dot in it is nothing else, nor is one in quotes.
  const isModule = module !== null && (module.includes(".") || typed !== null || (module === "" && modules.length > 0))
  if (isModule) return modulesAt(pos - module.length, modules)
  if (typed !== null) return pathsAt(pos - typed.length, suggestedPaths(typed, path, await paths()))
  const word = WORD_BEFORE.exec(before)?.[0]
  const kind = kindAt(state, pos)
  if (!word || (!context.explicit && kind === "prose")) return null
  // Both are there from the second time on.
  const [{ namesFor }, { suggestions }] = await Promise.all([import("./names.js"), import("./suggestions.js")])
  const words = suggestedWords(word, state.doc, texts)
  const options = suggestions(word, {
    path, words, names: await namesFor(path), project: symbols?.known ?? NO_PROJECT,
    known: await labelsOfOthers(context), isText: kind !== "code"
  })
  // A list that was cut must be asked for again: what was left out may be what is meant. So it is while the project's
  // symbols are on their way.
  const isCut = words.length >= MOST_WORDS || options.length >= MOST_WORDS || symbols?.isKnown === false
  const others = modules.length ? options.filter(({ label }) => modules.every(each => each.label !== label)) : options
  return { from: pos - word.length, options: [...modules, ...others], validFor: isCut ? undefined : WORD }
}

function modulesOf(names) {
  return names.map(label => ({ label, type: "namespace", boost: 1 }))
}

function modulesAt(from, options) {
  return options.length ? { from, options, validFor: options.length < MOST_PATHS ? MODULE : undefined } : null
}

function pathsAt(from, paths) {
  return paths.length ? { from, options: paths.map(label => ({ label, type: "text" })), validFor: PATH } : null
}

// What the language suggests here: shown once, as the language says it, though it may be a word of the text as well.
async function labelsOfOthers(context) {
  const labels = new Set()
  for (const source of context.state.languageDataAt("autocomplete", context.pos)) {
    if (source.isOurs) continue
    const result = Array.isArray(source) ? { options: source } : await soon(source(context))
    for (const option of result?.options ?? []) labels.add(option.label ?? option)
  }
  return labels
}

// A language server may take long, or never answer: words of the text don't wait for it.
function soon(result) {
  return Promise.race([result, new Promise(resolve => setTimeout(resolve, PATIENCE, null))])
}

function kindAt(state, pos) {
  const tree = syntaxTree(state)
  if (tree.length === 0) return "prose"
  const { name } = tree.resolveInner(pos, -1)
  if (/comment|paragraph|heading/i.test(name)) return "prose"
  return /^string|string$/i.test(name) ? "string" : "code"
}
