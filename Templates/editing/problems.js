import { allMoved } from "./problem-spans.js"

/// The most problems of one source in one file that are kept: nobody reads more.
export const MOST = 1000

const SEVERITIES = ["error", "warning", "note"]

/// What is wrong in the project's files, as several sources found it: "check" is the language's own check, "server" a
/// language server. A problem is
///
///   { path, line, column, endLine, endColumn, severity, code, message }
///
/// with lines and columns from 1, columns in UTF-16 units, the end behind the last unit that is meant. All but `path`,
/// `line` and `message` may be missing; without a column the whole line is meant. `severity` is "error", "warning" or
/// "note".
///
/// Positions follow what is typed, as far as `edited` is told. Fires "change" with `detail.paths`, a set of those whose
/// problems are others; with `detail.isMove` only their places are.
export class Problems extends EventTarget {
  #sources = new Map()

  /// `set(source, problems)` replaces all that a source found; `set(source, path, problems)` what it found in one file.
  set(source, ...rest) {
    const [problems, path] = [rest.at(-1), rest.length > 1 ? rest[0] : null]
    const before = this.#of(source)
    const found = byPath(path === null ? problems : problems.map(problem => ({ ...problem, path })), source)
    const paths = new Set(path === null ? [...before.keys(), ...found.keys()] : [path])
    for (const each of paths) {
      if (found.has(each)) before.set(each, found.get(each))
      else before.delete(each)
    }
    this.#tell(paths)
  }

  /// Forgets all that a source found.
  clear(source) {
    this.set(source, [])
  }

  /// The problems of a file in their order, with their `source`. What two sources say of one mistake is there once; of
  /// the errors in a line only those of one source are, so that others may come when these are mended.
  of(path) {
    const found = [...this.#sources.values()].flatMap(files => files.get(path) ?? []).sort(inOrder)
    const speakers = speakersOf(found)
    const said = new Map()
    return found.filter(problem => {
      const before = said.get(problem.line) ?? []
      if (problem.severity === "error" && speakers.get(problem.line).source !== problem.source) return false
      if (before.some(other => isSame(other, problem))) return false
      before.push(problem)
      said.set(problem.line, before)
      return true
    })
  }

  /// Those of all files: by path, then in their order.
  get all() {
    return this.paths.flatMap(path => this.of(path))
  }

  /// The files that have problems, sorted.
  get paths() {
    const paths = [...this.#sources.values()].flatMap(files => [...files.keys()])
    return [...new Set(paths)].sort((a, b) => a < b ? -1 : Number(a > b))
  }

  /// Somebody changed a file's text: `before` and `after` are `Text`s, `changes` a `ChangeDesc` between them. A problem
  /// whose text is gone is gone as well.
  edited(path, before, changes, after) {
    const shown = this.of(path).length
    let touched = false
    for (const files of this.#sources.values()) {
      const problems = files.get(path)
      if (!problems) continue
      const left = allMoved(problems, before, changes, after)
      touched ||= left.length < problems.length || left.some((problem, index) => problem !== problems[index])
      if (left.length) files.set(path, left)
      else files.delete(path)
    }
    // Lines that were joined or parted may show others.
    if (touched) this.#tell(new Set([path]), this.of(path).length === shown)
  }

  /// A file has another path now; with null it is gone.
  renamed(path, to) {
    if (this.of(path).length === 0) return
    for (const files of this.#sources.values()) {
      const problems = files.get(path)
      files.delete(path)
      if (problems && to !== null) files.set(to, problems.map(problem => ({ ...problem, path: to })))
    }
    this.#tell(new Set(to === null ? [path] : [path, to]))
  }

  #of(source) {
    if (!this.#sources.has(source)) this.#sources.set(source, new Map())
    return this.#sources.get(source)
  }

  #tell(paths, isMove = false) {
    if (paths.size) this.dispatchEvent(new CustomEvent("change", { detail: { paths, isMove } }))
  }
}

/// How many of each severity there are: `{ error, warning, note }`.
export function countOf(problems) {
  const counts = { error: 0, warning: 0, note: 0 }
  for (const { severity } of problems) counts[severity] += 1
  return counts
}

/// "2 errors, 1 warning"; an empty text for none.
export function countWords(problems) {
  const counts = countOf(problems)
  return SEVERITIES.filter(severity => counts[severity]).map(severity => (
    `${counts[severity]} ${severity}${counts[severity] === 1 ? "" : "s"}`
  )).join(", ")
}

/// The worst severity of some problems; undefined for none.
export function worst(problems) {
  return SEVERITIES.find(severity => problems.some(problem => problem.severity === severity))
}

function byPath(problems, source) {
  const files = new Map()
  for (const problem of problems) {
    const whole = wellFormed(problem)
    if (!whole) continue
    const list = files.get(whole.path) ?? []
    if (list.length < MOST) list.push({ ...whole, source })
    files.set(whole.path, list)
  }
  return files
}

// What comes from tools may be anything.
function wellFormed({ path, line, column, endLine, endColumn, severity, code, message }) {
  if (typeof path !== "string" || !isNumber(line) || typeof message !== "string") return null
  return {
    path, line, message,
    column: isNumber(column) ? column : null,
    endLine: isNumber(endLine) ? endLine : null,
    endColumn: isNumber(endColumn) ? endColumn : null,
    severity: SEVERITIES.includes(severity) ? severity : "error",
    code: code == null || code === "" ? null : String(code)
  }
}

function isNumber(value) {
  return Number.isInteger(value) && value > 0
}

// A compiler and a language server have their own words for one mistake, and columns that differ by one.
function isSame(one, other) {
  if (one.source === other.source) return false
  if (one.message === other.message) return true
  return one.severity === other.severity && one.column !== null && Math.abs(one.column - (other.column ?? -9)) <= 1
}

// Of where in a line an error is, they have their own idea, too (is it where the semicolon is missing, or at the word
// that came instead?). So only one of them speaks of it: the one that found more errors there.
function speakersOf(problems) {
  const counts = new Map()
  const speakers = new Map()
  for (const { line, severity, source } of problems) {
    if (severity !== "error") continue
    const count = (counts.get(line + source) ?? 0) + 1
    counts.set(line + source, count)
    if (count > (speakers.get(line)?.count ?? 0)) speakers.set(line, { source, count })
  }
  return speakers
}

function inOrder(a, b) {
  return a.line - b.line || (a.column ?? 0) - (b.column ?? 0) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)
}
