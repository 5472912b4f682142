/// The file tree as values: paths in, rows out.

const order = new Intl.Collator(undefined, { numeric: true, sensitivity: "base" })

/// The files of a project, `{ path }` each, by folder; `folders` are the paths of folders that have none yet. Made once
/// for each list: what rows there are is asked much more often. Files that are in the order of rows (`filesIn`) need no
/// sorting, which is most of the work.
export function treeOf(files, folders = [], isOrdered = false) {
  const root = node("", "", isOrdered)
  for (const file of files) {
    const end = file.path.lastIndexOf("/")
    const folder = folderAt(root, file.path.slice(0, Math.max(end, 0)))
    folder.files.push({ name: file.path.slice(end + 1), file })
    for (let each = folder; each && !each.hasFiles; each = each.parent) each.hasFiles = true
  }
  for (const path of folders) folderAt(root, path)
  return root
}

/// The rows to show, in order. `isOpen(path)` says which folders show what is in them. A row is
/// `{ kind: "folder" | "file", path, name, level, position, size, open, isEmpty, file }`; `position` and `size` count
/// siblings, from 1; a folder `isEmpty` when no file is in it, however deep. Folders come first, names in the reader's
/// order with numbers by value.
export function rowsOf(tree, isOpen) {
  const rows = []
  list(tree, 1, isOpen, rows)
  return rows
}

/// All files of a tree in the order of its rows.
export function filesIn(tree) {
  return rowsOf(tree, () => true).flatMap(({ file }) => file ?? [])
}

/// The files whose paths have all these words in them, whatever the case. Words are parted by spaces.
export function filtered(files, text) {
  const words = text.toLowerCase().split(" ").filter(Boolean)
  return words.length ? files.filter(({ path }) => words.every(word => path.toLowerCase().includes(word))) : files
}

/// The folders a path is in, outermost first.
export function foldersOf(path) {
  const parts = path.split("/").slice(0, -1)
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"))
}

/// The folder a path is in; "" is the top one.
export function folderOf(path) {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0))
}

/// The last part of a path.
export function nameOf(path) {
  return path.slice(path.lastIndexOf("/") + 1)
}

/// Leaves out what goes along with a folder that is among these paths as well.
export function outermost(paths) {
  const all = new Set(paths)
  return paths.filter(path => !foldersOf(path).some(folder => all.has(folder)))
}

/// Why these paths can't go into a folder, or null when they can: all are there already, or one of them is the folder
/// or holds it. A copy may go where its original is.
export function refusalOf(paths, folder, isCopy = false) {
  if (paths.some(path => folder === path || folder.startsWith(`${path}/`))) return "A folder can’t go into itself."
  if (!isCopy && paths.every(path => folderOf(path) === folder)) return "It is there already."
  return null
}

/// How many of what: "1 file", "2 folders", "3 files and folders".
export function counted(rows) {
  const folders = rows.filter(({ kind }) => kind === "folder").length
  const noun = folders === 0 ? "file" : folders === rows.length ? "folder" : null
  return noun ? `${rows.length} ${noun}${rows.length === 1 ? "" : "s"}` : `${rows.length} files and folders`
}

function node(path, name, isOrdered, parent = null) {
  return { path, name, parent, folders: new Map(), files: [], hasFiles: false, isOrdered, sorted: null }
}

function folderAt(root, path) {
  if (!path) return root
  let folder = root
  for (const name of path.split("/")) {
    let inner = folder.folders.get(name)
    if (!inner) {
      inner = node(folder.path ? `${folder.path}/${name}` : name, name, root.isOrdered, folder)
      folder.folders.set(name, inner)
    }
    folder = inner
  }
  return folder
}

// Sorted when it is first shown: most folders of a large project are closed.
function sortedIn(folder) {
  const sort = list => folder.isOrdered ? list : list.sort((a, b) => order.compare(a.name, b.name))
  folder.sorted ??= { folders: sort([...folder.folders.values()]), files: sort(folder.files) }
  return folder.sorted
}

function list(folder, level, isOpen, rows) {
  const { folders, files } = sortedIn(folder)
  const size = folders.length + files.length
  folders.forEach((inner, index) => {
    const { path, name } = inner
    const isEmpty = !inner.hasFiles
    const open = isOpen(path)
    rows.push({ kind: "folder", path, name, level, position: index + 1, size, open, isEmpty })
    if (open) list(inner, level + 1, isOpen, rows)
  })
  files.forEach(({ name, file }, index) => {
    rows.push({ kind: "file", path: file.path, name, level, position: folders.length + index + 1, size, file })
  })
}
