import { drawing, element } from "../shared/element.js"
import { foldersOf, rowsOf } from "./tree-model.js"

const TWIST = "M6 4l4 4-4 4"

/// The project's files as a tree by the ARIA pattern: arrows, Home, End, letters; Enter opens (Space too, but the
/// focus stays in the tree), F2 renames, Delete deletes. Fires "open" { file, focus }, "rename" { row },
/// "delete" { row } with these as `detail`, and "choose".
export class FileTree extends EventTarget {
  #host
  #tree
  #files = []
  #closed = new Set()
  #rows = []
  #current = null
  #chosen = null
  #wanted = null
  #typed = ""
  #typedAt = 0

  constructor(host) {
    super()
    this.#host = host
    this.#tree = element("div", { class: "tree", role: "tree", "aria-label": "Files" })
  }

  start() {
    this.#tree.addEventListener("click", this.#click)
    this.#tree.addEventListener("keydown", this.#key)
    this.#tree.addEventListener("focusin", this.#focus)
    this.#host.replaceChildren(this.#tree)
  }

  stop() {
    this.#tree.remove()
  }

  /// The row that commands act on, or null.
  get chosen() {
    return this.#rows.find(row => row.path === this.#chosen) ?? null
  }

  /// Draws the files, `{ id, path, document }` each; the one with `current` as id is marked.
  show(files, current) {
    const before = this.#current
    this.#files = files
    this.#current = current
    const path = files.find(file => file.id === current)?.path
    if (path && current !== before) {
      this.#chosen = path
      for (const folder of foldersOf(path)) this.#closed.delete(folder)
    }
    this.#draw()
  }

  /// Makes a row the chosen one as soon as the tree has it: a renamed file may be drawn before or after this is known.
  choose(path) {
    this.#wanted = path
    this.#draw()
  }

  /// Puts the focus on the chosen row.
  focus() {
    this.#elementOf(this.#chosen)?.focus()
  }

  #draw() {
    const hadFocus = this.#tree.contains(document.activeElement)
    this.#rows = rowsOf(this.#files, this.#closed)
    if (this.#rows.some(row => row.path === this.#wanted)) {
      this.#chosen = this.#wanted
      this.#wanted = null
    }
    if (!this.chosen) this.#chosen = this.#rows[0]?.path ?? null
    this.#tree.replaceChildren(...this.#rows.map(row => this.#drawRow(row)))
    // A tree without items is no tree to a screen reader.
    const isEmpty = this.#rows.length === 0
    this.#host.replaceChildren(isEmpty ? element("p", { class: "hint" }, "No files yet.") : this.#tree)
    if (hadFocus) this.#elementOf(this.#chosen)?.focus()
    this.dispatchEvent(new Event("choose"))
  }

  #drawRow(row) {
    const isFolder = row.kind === "folder"
    const made = element("div", {
      "class": "tree-row",
      "role": "treeitem",
      "aria-level": row.level,
      "aria-posinset": row.position,
      "aria-setsize": row.size,
      "aria-expanded": isFolder ? String(row.open) : null,
      "aria-selected": String(row.path === this.#chosen),
      "aria-current": row.file?.id === this.#current ? "page" : null,
      "tabindex": row.path === this.#chosen ? "0" : "-1",
      "data-path": row.path,
      "title": row.path
    })
    made.style.setProperty("--level", row.level)
    made.append(isFolder ? drawing(TWIST, "tree-twist") : element("span", { class: "tree-twist" }))
    made.append(element("span", { class: "tree-name" }, row.name))
    return made
  }

  #click = event => {
    const row = this.#rowAt(event.target)
    if (!row) return
    this.#choose(row)
    if (row.kind === "folder") this.#toggle(row)
    else this.#fire("open", { file: row.file, focus: true })
  }

  #focus = event => {
    const row = this.#rowAt(event.target)
    if (row && row.path !== this.#chosen) this.#choose(row)
  }

  #key = event => {
    const row = this.#rowAt(event.target)
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return
    const index = this.#rows.indexOf(row)
    const isFolder = row.kind === "folder"
    const actions = {
      ArrowDown: () => this.#choose(this.#rows[index + 1]),
      ArrowUp: () => this.#choose(this.#rows[index - 1]),
      Home: () => this.#choose(this.#rows[0]),
      End: () => this.#choose(this.#rows.at(-1)),
      ArrowRight: () => isFolder && (row.open ? this.#choose(this.#rows[index + 1]) : this.#toggle(row)),
      ArrowLeft: () => isFolder && row.open ? this.#toggle(row) : this.#choose(this.#parentOf(row)),
      Enter: () => isFolder ? this.#toggle(row) : this.#fire("open", { file: row.file, focus: true }),
      " ": () => isFolder ? this.#toggle(row) : this.#fire("open", { file: row.file, focus: false }),
      F2: () => this.#fire("rename", { row }),
      Delete: () => this.#fire("delete", { row })
    }
    const action = actions[event.key] ?? (event.key.length === 1 ? () => this.#seek(event.key, index) : null)
    if (!action) return
    event.preventDefault()
    action()
  }

  #seek(letter, index) {
    const now = Date.now()
    this.#typed = now - this.#typedAt < 700 ? this.#typed + letter : letter
    this.#typedAt = now
    const start = this.#typed.length > 1 ? index : index + 1
    const ring = [...this.#rows.slice(start), ...this.#rows.slice(0, start)]
    this.#choose(ring.find(row => row.name.toLowerCase().startsWith(this.#typed.toLowerCase())))
  }

  #choose(row) {
    if (!row) return
    const before = this.#elementOf(this.#chosen)
    before?.setAttribute("tabindex", "-1")
    before?.setAttribute("aria-selected", "false")
    this.#chosen = row.path
    const now = this.#elementOf(row.path)
    now?.setAttribute("tabindex", "0")
    now?.setAttribute("aria-selected", "true")
    if (now !== document.activeElement) now?.focus()
    this.dispatchEvent(new Event("choose"))
  }

  #toggle(row) {
    if (row.open) this.#closed.add(row.path)
    else this.#closed.delete(row.path)
    this.#draw()
  }

  #parentOf(row) {
    const parent = foldersOf(row.path).at(-1)
    return this.#rows.find(other => other.kind === "folder" && other.path === parent)
  }

  #rowAt(target) {
    const path = target.closest(".tree-row")?.dataset.path
    return this.#rows.find(row => row.path === path)
  }

  #elementOf(path) {
    return [...this.#tree.children].find(child => child.dataset.path === path)
  }

  #fire(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }))
  }
}
