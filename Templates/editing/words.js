// The words of each piece of a text. A `Text` is a tree that is never changed, and an edit makes only a few of its
// pieces anew: so a text of any size is read once, and after that only where it was edited.
const found = new WeakMap()
// While somebody types in one text the others mostly stay, so what they have together is kept for the next key.
let together = { texts: [], words: new Map() }
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu
const SHORTEST = 3
const LONGEST = 80

/// The most words that are suggested at once.
export const MOST_WORDS = 300

/// The words of a `Text`, each once: a map from their first letters, in lower case, to sets.
export function words(text) {
  if (!found.has(text)) found.set(text, text.children ? joined(text.children) : read(text))
  return found.get(text)
}

/// The words of these texts that begin with the letter `typed` begins with, whatever its case, as `{ label, isNear }`.
/// Where they are too many, those that begin with all of `typed` are preferred, and those of `near`, where the reader
/// types. What is typed is no suggestion itself.
export function suggestedWords(typed, near, texts) {
  const start = typed.toLowerCase()
  const better = new Map()
  const others = new Map()
  const letter = firstLetter(typed)
  for (const some of [words(near), wordsOfAll(texts.filter(text => text !== near))]) {
    for (const word of some.get(letter) ?? []) {
      const labels = word.toLowerCase().startsWith(start) ? better : others
      if (word !== typed && labels.size < MOST_WORDS && !labels.has(word)) labels.set(word, some === words(near))
    }
  }
  return [...better, ...others].slice(0, MOST_WORDS).map(([label, isNear]) => ({ label, isNear }))
}

function wordsOfAll(texts) {
  const isSame = texts.length === together.texts.length && texts.every((text, index) => text === together.texts[index])
  if (!isSame) together = { texts, words: joined(texts) }
  return together.words
}

function joined(pieces) {
  const all = new Map()
  for (const piece of pieces) {
    for (const [letter, some] of words(piece)) for (const word of some) add(all, letter, word)
  }
  return all
}

function read(piece) {
  const all = new Map()
  for (const line of piece.iterLines()) {
    for (const [word] of line.matchAll(WORD)) {
      if (word.length >= SHORTEST && word.length <= LONGEST) add(all, firstLetter(word), word)
    }
  }
  return all
}

function add(all, letter, word) {
  if (!all.has(letter)) all.set(letter, new Set())
  all.get(letter).add(word)
}

/// The letter by which words are found, in lower case.
export function firstLetter(word) {
  return String.fromCodePoint(word.codePointAt(0)).toLowerCase()
}
