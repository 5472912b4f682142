/// Goes from problem to problem, from where the cursor is, through all files and round the end.
export class ProblemWalk {
  #problems
  #cursor
  #go
  #last = null

  /// `cursor()` gives `{ path, line, column }`, counted from 1, or null where no text is shown; `go(problem)` goes
  /// there.
  constructor(problems, { cursor, go }) {
    this.#problems = problems
    this.#cursor = cursor
    this.#go = go
  }

  /// Goes to the next problem, or with -1 to the one before. False when there is none.
  step(by) {
    const { all } = this.#problems
    if (all.length === 0) return false
    const to = all[(this.#from(all, by) + by + all.length) % all.length]
    this.#last = to
    this.#go(to)
    return true
  }

  // The place to count from: the problem that was gone to last, as long as the cursor is still there.
  #from(all, by) {
    const cursor = this.#cursor()
    const last = this.#last && all.findIndex(problem => isSame(problem, this.#last))
    if (last >= 0 && last !== null && cursor?.path === all[last].path && cursor.line === all[last].line) return last
    if (!cursor) return by > 0 ? -1 : 0
    const behind = all.findIndex(problem => isBehind(problem, cursor))
    const next = behind < 0 ? all.length : behind
    if (by > 0) return next - 1
    const isAt = all[next - 1] && !isBefore(all[next - 1], cursor)
    return isAt ? next - 1 : next
  }
}

function isSame(a, b) {
  return a.path === b.path && a.message === b.message && a.line === b.line && a.column === b.column
}

function isBehind(problem, { path, line, column }) {
  if (problem.path !== path) return problem.path > path
  return problem.line === line ? (problem.column ?? 1) > column : problem.line > line
}

function isBefore(problem, { path, line, column }) {
  if (problem.path !== path) return problem.path < path
  return problem.line === line ? (problem.column ?? 1) < column : problem.line < line
}
