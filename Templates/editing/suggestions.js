import { applySnippet } from "./snippets.js"
import { firstLetter } from "./words.js"

// CodeMirror ranks by how well a label fits what is typed: all of it and in its case, in another case, in pieces. These
// only order labels that fit as well. What the language itself suggests (variables in sight) has 0.
const BOOST = { here: 40, symbol: 30, near: 24, keyword: -2, snippet: -3, name: -4, open: -10, far: -20 }
const USED = 99
const MOST_USED = 40
/// The most labels that are suggested at once, more than anybody reads; what is left out comes when more is typed.
export const MOST = 600
const used = []

/// Remembers what the reader has taken: it comes first the next time.
export function noteUse(label) {
  const place = used.indexOf(label)
  if (place >= 0) used.splice(place, 1)
  used.unshift(label)
  used.length = Math.min(used.length, MOST_USED)
}

/// What to suggest for a word, best kind first, each label once but for snippets: symbols of the project, words of the
/// open files (`words`, as `suggestedWords` gives them), names of the language, and words of files that are not open.
/// Labels of `known` are suggested by somebody else. Within a text only its words are.
export function suggestions(word, { path, words, names, project, known, isText }) {
  const letter = firstLetter(word)
  const start = word.toLowerCase()
  const options = new Map()
  const later = []
  const add = option => {
    const { label } = option
    if (options.size >= MOST || label === word || options.has(label) || known.has(label)) return
    const place = used.indexOf(label)
    options.set(label, place < 0 ? option : { ...option, boost: USED - place })
  }
  // Should there be too many, those that begin with all that is typed are preferred.
  for (const option of candidates(letter, { path, words, names, project, isText })) {
    if (option.label.toLowerCase().startsWith(start)) add(option)
    else if (later.length < MOST) later.push(option)
    if (options.size >= MOST) break
  }
  for (const option of later) add(option)
  return [...options.values(), ...isText ? [] : snippetsAt(letter, names.snippets)]
}

function* candidates(letter, { path, words, names, project, isText }) {
  if (!isText) yield* symbolsAt(letter, project, path)
  for (const { label, isNear } of words) if (isNear) yield { label, type: "text", boost: BOOST.near }
  if (!isText) {
    for (const { label, type } of names.names) {
      if (firstLetter(label) === letter) yield { label, type, boost: BOOST[type] ?? BOOST.name }
    }
  }
  for (const { label } of words) yield { label, type: "text", boost: BOOST.open }
  for (const label of project.words.get(letter) ?? []) yield { label, type: "text", boost: BOOST.far }
}

function* symbolsAt(letter, project, here) {
  const symbols = project.byLetter.get(letter) ?? []
  for (const { name, kind, path } of symbols) if (path === here) yield { label: name, type: kind, boost: BOOST.here }
  for (const { name, kind, path } of symbols) {
    if (path !== here) yield { label: name, type: kind, detail: path, boost: BOOST.symbol }
  }
}

function snippetsAt(letter, snippets) {
  return snippets.filter(({ label }) => firstLetter(label) === letter).map(({ label, detail, template }) => ({
    label, detail, type: "snippet", boost: BOOST.snippet,
    apply: (view, _, from, to) => {
      noteUse(label)
      applySnippet(view, template, from, to)
    }
  }))
}
