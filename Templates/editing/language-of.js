import { EditorState, LanguageDescription, Prec, StreamLanguage, languages } from "codemirror"
import { foldByIndentation } from "./folding.js"

// Where the editor doesn't know an extension, or means another language by it than programs here are written in. What
// it has no language for gets the one that looks most like it.
const MEANT = {
  asm: "Gas", nasm: "Gas", ex: "Ruby", exs: "Ruby", f03: "Fortran", f08: "Fortran", f18: "Fortran", lsp: "Common Lisp",
  m: "Octave", pp: "Pascal", pro: "Erlang", prolog: "Erlang", t: "Perl"
}
// Line comments that the editor's language lacks, or has otherwise.
const COMMENTS = { Gas: ";", Fortran: "!", Erlang: "%", Octave: "%" }

/// Loads what the editor knows of the language of a file: highlighting, indentation, comments, folding. Null where it
/// knows nothing.
export async function languageOf(path) {
  const name = path.split("/").at(-1)
  const meant = MEANT[/\.([^.]+)$/.exec(name)?.[1].toLowerCase()]
  const description = meant
    ? LanguageDescription.matchLanguageName(languages, meant, false)
    : LanguageDescription.matchFilename(languages, name)
  if (!description) return null
  const support = await description.load()
  const line = COMMENTS[description.name]
  return [
    support,
    support.language instanceof StreamLanguage ? foldByIndentation : [],
    line ? Prec.highest(EditorState.languageData.of(() => [{ commentTokens: { line } }])) : []
  ]
}
