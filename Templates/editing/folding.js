import { countColumn, foldService } from "codemirror"

// Whoever folds more than this folds a part of it.
const LONGEST = 5_000

/// Folds by indentation: a line that is not empty, and what is indented deeper below it. For languages of which the
/// editor has no tree that would say what belongs together.
export const foldByIndentation = foldService.of((state, from) => {
  const first = state.doc.lineAt(from)
  const depth = depthOf(first.text, state.tabSize)
  if (depth === null) return null
  let last = null
  const until = Math.min(state.doc.lines, first.number + LONGEST)
  for (let number = first.number + 1; number <= until; number++) {
    const line = state.doc.line(number)
    const deeper = depthOf(line.text, state.tabSize)
    if (deeper === null) continue
    if (deeper <= depth) break
    last = line
  }
  return last && { from: first.to, to: last.to }
})

// The column where the text of a line begins; null for one without any.
function depthOf(text, tabSize) {
  const start = text.search(/\S/)
  return start < 0 ? null : countColumn(text, tabSize, start)
}
