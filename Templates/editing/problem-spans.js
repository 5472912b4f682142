const WORD = /^[\p{L}\p{N}_$]+/u
const LONGEST_WORD = 200

/// What of a text a problem is about, as `{ from, to }`. Tools often name a place only: then its word is meant, or the
/// line where they name no column. Places that the text does not have become the nearest that it has. The two are equal
/// only on an empty line.
export function spanOf(doc, { line, column, endLine, endColumn }) {
  const first = doc.line(within(line, doc.lines))
  const last = doc.line(within(Math.max(endLine ?? line, first.number), doc.lines))
  if (!column && !endLine) return wholeLine(first)
  let from = first.from + Math.min((column ?? 1) - 1, first.length)
  // Something is missing at the end of the line: its last character shows where.
  const isAtEnd = from === first.to && last.number === first.number && first.length > 0
  if (isAtEnd) from -= /[\udc00-\udfff]$/.test(first.text) ? 2 : 1
  let to = endColumn ? last.from + Math.min(endColumn - 1, last.length) : endLine ? last.to : 0
  if (to <= from) to = from + lengthOfWord(first.text.slice(from - first.from, from - first.from + LONGEST_WORD))
  return { from, to }
}

/// The problems of a file after a change of its text, without those whose text is gone. Most keys change one line only,
/// and then nothing is to be done for the others.
export function allMoved(problems, before, changes, after) {
  let [from, to] = [before.length, 0]
  changes.iterChangedRanges((start, end) => {
    from = Math.min(from, start)
    to = Math.max(to, end)
  })
  if (from > to) return problems
  const [first, last] = [before.lineAt(from).number, before.lineAt(to).number]
  const added = after.lines - before.lines
  return problems.flatMap(problem => {
    const end = problem.endLine ?? problem.line
    if (end < first) return problem
    if (problem.line <= last || end > before.lines) return moved(problem, before, changes, after) ?? []
    if (added === 0) return problem
    return { ...problem, line: problem.line + added, endLine: problem.endLine && problem.endLine + added }
  })
}

/// The problem after a change of the text that it is in, or null when what it is about was taken away.
export function moved(problem, before, changes, after) {
  const span = spanOf(before, problem)
  const isEmpty = span.from === span.to
  const from = changes.mapPos(span.from, 1)
  const to = isEmpty ? from : changes.mapPos(span.to, -1)
  if (to < from || (to === from && !isEmpty)) return null
  // A column that was beyond the end of its line has been moved into it.
  const start = problem.column ? span.from - before.lineAt(span.from).from + 1 : null
  const first = after.lineAt(from)
  const last = after.lineAt(to)
  return {
    ...problem,
    line: first.number,
    column: start === null ? null : from - first.from + 1,
    endLine: problem.endLine || (problem.endColumn && last.number > first.number) ? last.number : null,
    endColumn: problem.endColumn ? to - last.from + 1 : null
  }
}

function wholeLine({ from, text }) {
  const trimmed = text.trim()
  const start = from + text.length - text.trimStart().length
  return trimmed ? { from: start, to: start + trimmed.length } : { from, to: from + text.length }
}

function lengthOfWord(text) {
  return WORD.exec(text)?.[0].length ?? (text ? String.fromCodePoint(text.codePointAt(0)).length : 0)
}

function within(line, lines) {
  return Math.min(Math.max(line, 1), lines)
}
