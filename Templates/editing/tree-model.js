/// The file tree as values: paths in, rows out.

/// The rows to show, in order, for a project's files and the set of folders that are closed. A row is
/// `{ kind: "folder" | "file", path, name, level, position, size, open, file }`; `position` and `size` count
/// siblings, from 1. Folders come first, names in the reader's order with numbers by value.
export function rowsOf(files, closed) {
  const root = { folders: new Map(), files: [] }
  for (const file of files) {
    const parts = file.path.split("/")
    let folder = root
    for (const part of parts.slice(0, -1)) {
      if (!folder.folders.has(part)) folder.folders.set(part, { folders: new Map(), files: [] })
      folder = folder.folders.get(part)
    }
    folder.files.push({ name: parts.at(-1), file })
  }
  const rows = []
  list(root, "", 1, closed, rows)
  return rows
}

/// The folders a path is in, outermost first.
export function foldersOf(path) {
  const parts = path.split("/").slice(0, -1)
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"))
}

const order = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" })

function list(folder, prefix, level, closed, rows) {
  const folders = [...folder.folders].sort(([a], [b]) => order.compare(a, b))
  const files = [...folder.files].sort((a, b) => order.compare(a.name, b.name))
  const size = folders.length + files.length
  folders.forEach(([name, inner], index) => {
    const path = prefix + name
    const open = !closed.has(path)
    rows.push({ kind: "folder", path, name, level, position: index + 1, size, open })
    if (open) list(inner, `${path}/`, level + 1, closed, rows)
  })
  files.forEach(({ name, file }, index) => {
    rows.push({ kind: "file", path: file.path, name, level, position: folders.length + index + 1, size, file })
  })
}
