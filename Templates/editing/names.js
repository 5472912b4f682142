// The language of a file for what is suggested in it, by its extension.
const LANGUAGES = {
  assembly: "asm nasm", bash: "sh bash", c: "c h", commonlisp: "lisp lsp cl", cpp: "cpp cc cxx hpp hh", csharp: "cs",
  elixir: "exs ex", fortran: "f90 f95 f03 f08 f18", go: "go", haskell: "hs", java: "java", javascript: "js mjs cjs",
  kotlin: "kt", lua: "lua", ocaml: "ml mli", octave: "m", pascal: "pas pp", perl: "pl pm t", php: "php",
  prolog: "pro prolog", python: "py", r: "r", ruby: "rb", rust: "rs", sql: "sql", swift: "swift", typescript: "ts"
}
const BY_EXTENSION = new Map(Object.entries(LANGUAGES).flatMap(([language, extensions]) => (
  extensions.split(" ").map(extension => [extension, language])
)))
const NONE = { names: [], snippets: [] }
const loaded = new Map()

/// The languages that have names of their own here.
export const NAMED_LANGUAGES = Object.keys(LANGUAGES)

/// The words that a file's language knows, `{ label, type }`, and its snippets, `{ label, detail, template }`. They are
/// fetched when they are wanted first; none where that can't be done or the language has none.
export async function namesFor(path) {
  const language = BY_EXTENSION.get(/\.([^./]+)$/.exec(path)?.[1].toLowerCase())
  if (!language) return NONE
  if (!loaded.has(language)) loaded.set(language, load(language))
  return loaded.get(language)
}

async function load(language) {
  try {
    const { names, snippets } = await import(`./names/${language}.js`)
    return {
      names: Object.entries(names).flatMap(([type, words]) => (
        words.trim().split(/\s+/).map(label => ({ label, type }))
      )),
      snippets: snippets.map(([label, detail, template]) => ({ label, detail, template }))
    }
  } catch {
    loaded.delete(language)
    return NONE
  }
}
