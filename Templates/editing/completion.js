import { syntaxTree } from "codemirror"
import { suggestedPaths, typedPath } from "./paths-model.js"
import { MOST_WORDS, suggestedWords } from "./words.js"

const WORD_BEFORE = /[\p{L}_$][\p{L}\p{N}_$]*$/u
// While what is typed goes on like this, the editor narrows the list itself.
const WORD = /^[\p{L}\p{N}_$]*$/u
const PATH = /^[^\s"'<>;)]*$/
const NEAR_FIRST = -1
const PATIENCE = 300

/// What CodeMirror may suggest at a place, besides what the language knows itself: paths of the project's files within
/// a string that names one, words of the open files elsewhere. In comments and prose only when the reader asks for it
/// (Ctrl-Space).
///
/// `path` is the file's, `texts` the open files' texts, `paths` those of all files of the project.
export async function complete(context, { path, texts, paths }) {
  const { state, pos } = context
  const line = state.doc.lineAt(pos)
  const before = line.text.slice(0, pos - line.from)
  const typed = typedPath(before)
  if (typed !== null) return pathsAt(pos - typed.length, suggestedPaths(typed, path, paths))
  const word = WORD_BEFORE.exec(before)?.[0]
  if (!word || (!context.explicit && isProse(state, pos))) return null
  const known = await labelsOfOthers(context)
  const suggested = suggestedWords(word, state.doc, texts)
  const options = suggested.filter(({ label }) => !known.has(label)).map(({ label, isNear }) => {
    return isNear ? { label, type: "text" } : { label, type: "text", boost: NEAR_FIRST }
  })
  // A list that was cut must be asked for again: what was left out may be what is meant.
  return { from: pos - word.length, options, validFor: suggested.length < MOST_WORDS ? WORD : undefined }
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

function isProse(state, pos) {
  const tree = syntaxTree(state)
  return tree.length === 0 || /comment|paragraph|heading/i.test(tree.resolveInner(pos, -1).name)
}
