/// Searching in lines of text. A match is `{ line, index, length }`: a line and the UTF-16 units in it.

/// Matches beyond so many are neither counted nor reached.
export const MOST = 10_000

/// Every place where the words stand in the lines (`{ text }`), whatever the case, at most `MOST` of them.
export function findAll(lines, words) {
  if (!words) return []
  const pattern = new RegExp(words.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"), "giu")
  const matches = []
  for (const line of lines) {
    for (const found of line.text.matchAll(pattern)) {
      if (matches.length === MOST) return matches
      matches.push({ line, index: found.index, length: found[0].length })
    }
  }
  return matches
}

/// The number of the first match at or after a row and index; that of the first one when there is none.
export function firstFrom(matches, { row, index }) {
  const place = matches.findIndex(match => match.line.row > row || (match.line.row === row && match.index >= index))
  return Math.max(place, 0)
}

/// "3 of 12".
export function places(number, count) {
  if (count === 0) return "Not found"
  return `${number + 1} of ${count === MOST ? `${MOST} or more` : count}`
}

/// Whether a key press asks for a search.
export function asksForSearch({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  return key.toLowerCase() === "f" && ctrlKey !== metaKey && !altKey && !shiftKey
}
