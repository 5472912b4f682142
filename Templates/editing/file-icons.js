import { drawing } from "../shared/element.js"

const SHEET = "M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3"

/// Kinds of files: what they are called, how they are drawn, and the endings by which they are known.
const KINDS = {
  code: { words: "program", path: "M5.5 4.5L2 8l3.5 3.5M10.5 4.5L14 8l-3.5 3.5M9 3L7 13", endings: [
    "py", "js", "mjs", "cjs", "ts", "jsx", "tsx", "c", "h", "cpp", "cc", "hpp", "rs", "go", "java", "kt", "swift",
    "rb", "php", "lua", "pl", "pm", "t", "r", "jl", "hs", "ml", "mli", "scala", "cs", "ex", "exs", "clj", "asm",
    "nasm", "s", "f90", "f95", "f03", "f08", "f18", "pas", "pp", "lisp", "lsp", "cl", "m", "pro", "prolog", "cxx", "hh"
  ] },
  shell: { words: "script", path: "M2 3.5h12v9H2zM4.5 6l2 2-2 2M8 10h3", endings: [
    "sh", "bash", "zsh", "fish", "bat"
  ] },
  page: { words: "page", path: `${SHEET}M7 8l-1.5 2L7 12M9 8l1.5 2L9 12`, endings: ["html", "htm", "xml", "vue"] },
  style: { words: "style sheet", path: "M8 2c3 3.5 4.5 5.5 4.5 8a4.5 4.5 0 0 1-9 0C3.5 7.5 5 5.5 8 2z", endings: [
    "css", "scss", "less"
  ] },
  data: { words: "data", path: "M2 3h12v10H2zM2 6.5h12M2 9.8h12M6.5 3v10", endings: [
    "csv", "tsv", "sql", "sqlite", "db", "parquet"
  ] },
  settings: { words: "settings", path: `M2 4.5h7m4 0h1M2 11.5h1m4 0h7${ring(9, 4.5)}${ring(3, 11.5)}`, endings: [
    "json", "yaml", "yml", "toml", "ini", "cfg", "conf", "env", "lock", "gitignore", "properties"
  ] },
  text: { words: "text", path: `${SHEET}M5.5 8h5M5.5 11h5`, endings: ["txt", "md", "markdown", "rst", "tex", "log"] },
  picture: { words: "picture", path: "M2 3h12v10H2zM2 11l3.5-3.5 3 3 2-2L14 12M10 6h.5", endings: [
    "png", "jpg", "jpeg", "gif", "webp", "svg", "bmp", "ico", "avif"
  ] },
  sound: { words: "sound or film", path: "M2 3h12v10H2zM6.5 5.5v5l4-2.5z", endings: [
    "mp3", "ogg", "wav", "flac", "m4a", "mp4", "webm", "mov", "mkv"
  ] },
  archive: { words: "archive", path: "M2 3h12v3H2zM3 6v7h10V6M6.5 8.5h3", endings: [
    "zip", "tar", "gz", "tgz", "xz", "bz2", "7z"
  ] },
  document: { words: "document", path: `${SHEET}M5.5 7h5M5.5 9.5h5M5.5 12h3`, endings: ["pdf", "doc", "docx", "odt"] }
}
const OTHER = { kind: "other", words: "file", path: SHEET }
const FOLDER = { kind: "folder", words: "folder", path: "M1.5 4.5v8h13v-7h-6l-1.5-2H1.5z" }
const OPEN = { kind: "folder", words: "folder", path: "M1.5 12.5v-9H7l1.5 2h5v2M1.5 12.5l2-5h12l-2 5z" }

const byEnding = new Map(Object.entries(KINDS).flatMap(([kind, { endings, ...rest }]) => (
  endings.map(ending => [ending, { kind, ...rest }])
)))

function ring(x, y) {
  return `M${x} ${y}a2 2 0 1 0 4 0 2 2 0 1 0-4 0`
}

/// What kind of file or folder a row of the tree is: `{ kind, words, path }`, its name for style sheets, for readers,
/// and its drawing.
export function kindOf({ kind, name, open }) {
  if (kind === "folder") return open ? OPEN : FOLDER
  return byEnding.get(name.slice(name.lastIndexOf(".") + 1).toLowerCase()) ?? OTHER
}

/// The drawing of a kind, for those who see it.
export function iconOf({ kind, path }) {
  const icon = drawing(path, "file-mark")
  icon.dataset.kind = kind
  return icon
}
