const ASKS_FOR_A_FILE = /\b(import|from|require|require_relative|include|source|export|load|use|open|dofile)\b/
const IN_A_STRING = /^((?:[^"'<]|"[^"]*"|'[^']*'|<[^>]*>)*)["'<]([^\s"'<>]*)$/
// A longer line is no import, and not worth looking through at every key.
const LONGEST_LINE = 500

/// The most paths that are suggested at once.
export const MOST_PATHS = 300

/// What is typed of a path when `line`, the text before the cursor, ends within a string that names a file: null
/// otherwise.
export function typedPath(line) {
  if (line.length > LONGEST_LINE) return null
  const [, before, typed] = IN_A_STRING.exec(line) ?? []
  return before !== undefined && ASKS_FOR_A_FILE.test(before) ? typed : null
}

// Languages that name modules with dots, by the endings of their files: what is typed of a name, and what the name of a
// file's module is. Names begin at the project's top folder, where programs are started.
const MODULES = new Map(Object.entries({
  py: {
    typed: /^\s*(?:import|from)\s+(?:[\w.]+\s*,\s*)*([\w.]*)$/,
    nameOf: path => path.replace(/(\/__init__)?\.py$/, "").replaceAll("/", ".")
  },
  hs: {
    typed: /^\s*import\s+(?:qualified\s+)?([\w.]*)$/,
    nameOf: path => path.replace(/\.hs$/, "").replaceAll("/", ".")
  },
  lua: {
    typed: /\brequire\s*\(?\s*["']([\w.]*)$/,
    nameOf: path => path.replace(/(\/init)?\.lua$/, "").replaceAll("/", ".")
  }
}))
const MODULE = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/

/// What is typed of a module's name when `line`, the text before the cursor, ends within an import of a file, `from`.
/// Null elsewhere.
export function typedModule(line, from) {
  if (line.length > LONGEST_LINE) return null
  return MODULES.get(endingOf(from))?.typed.exec(line)?.[1] ?? null
}

/// The modules that the project's other files are for the file `from` and that begin with what is typed, the shortest
/// names first.
export function suggestedModules(typed, from, paths) {
  const ending = endingOf(from)
  return paths.filter(path => path !== from && endingOf(path) === ending).map(MODULES.get(ending).nameOf)
    .filter(name => name.startsWith(typed) && MODULE.test(name))
    .sort((one, other) => one.length - other.length || (one < other ? -1 : 1)).slice(0, MOST_PATHS)
}

/// The paths of the project's other files as the file `from` would name them, the nearest first. They begin with "./"
/// where what is typed begins with a dot.
export function suggestedPaths(typed, from, paths) {
  const folder = from.split("/").slice(0, -1)
  const start = typed.startsWith(".") ? "./" : ""
  return paths.filter(path => path !== from).map(path => relative(folder, path, start))
    .sort((one, other) => steps(one) - steps(other) || (one < other ? -1 : 1)).slice(0, MOST_PATHS)
}

function relative(folder, path, start) {
  const parts = path.split("/")
  let common = 0
  while (common < folder.length && common < parts.length - 1 && folder[common] === parts[common]) common += 1
  const up = "../".repeat(folder.length - common)
  return (up || start) + parts.slice(common).join("/")
}

function steps(path) {
  return path.split("/").length
}

function endingOf(path) {
  return path.slice(path.lastIndexOf(".") + 1)
}
