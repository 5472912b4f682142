import { element } from "../shared/element.js"
import { filesIn, filtered, folderOf, foldersOf, rowsOf, treeOf } from "./tree-model.js"
import { TreeRows } from "./tree-rows.js"
import { NOTHING, all, kept, moved, only, ranged, toggled } from "./tree-selection.js"

const FEW = 200 // so many files at most are shown with all folders open at first

/// The project's files as a tree by the ARIA pattern with many to choose: arrows, Home, End and letters move, with
/// Shift they choose from here to there, with Control they choose nothing; Control-Space chooses one more or one less,
/// Control-A all. Enter opens (Space too, but the focus stays in the tree).
///
/// Fires "open" { file, focus } and "menu" { x, y } with these as `detail`, and "choose".
export class FileTree extends EventTarget {
  #host
  #tree = element("div", { "class": "tree", "role": "tree", "aria-label": "Files", "aria-multiselectable": "true" })
  #rows
  #files = null
  #folders = []
  #whole = null
  #ordered = null
  #shown = null
  #filter = ""
  #flipped = new Set()
  #selection = NOTHING
  #current = null
  #wanted = []
  #cut = new Set()
  #isPressed = false
  #typed = ""
  #typedAt = 0

  /// `host` is what scrolls.
  constructor(host) {
    super()
    this.#host = host
    const look = ({ path, file }) => ({
      isChosen: this.#selection.chosen.has(path), isCut: this.#cut.has(path),
      isCurrent: file !== undefined && file.id === this.#current
    })
    this.#rows = new TreeRows(host, this.#tree, { look, focused: () => this.#selection.focus })
  }

  start() {
    this.#tree.addEventListener("click", this.#click)
    this.#tree.addEventListener("pointerdown", () => { this.#isPressed = true })
    for (const end of ["pointerup", "pointercancel", "dragend"]) addEventListener(end, this.#release)
    this.#tree.addEventListener("keydown", this.#key)
    this.#tree.addEventListener("focusin", this.#focus)
    this.#host.addEventListener("contextmenu", this.#menu)
    this.#host.replaceChildren(element("p", { class: "hint" }, "The list of files is on its way."))
    this.#rows.start()
  }

  stop() {
    this.#rows.stop()
    for (const end of ["pointerup", "pointercancel", "dragend"]) removeEventListener(end, this.#release)
    this.#host.removeEventListener("contextmenu", this.#menu)
    this.#tree.remove()
  }

  get element() {
    return this.#tree
  }

  /// The rows that commands act on, in order.
  get chosen() {
    return this.#rows.all.filter(row => this.#selection.chosen.has(row.path))
  }

  /// The row with the focus; undefined when there is none.
  get focused() {
    return this.#rows.at(this.#selection.focus)
  }

  /// The row that an element belongs to; undefined when there is none.
  rowAt(target) {
    return this.#rows.at(target.closest?.(".tree-row")?.dataset.path)
  }

  /// The element of a row; undefined when it is not drawn.
  elementOf(path) {
    return this.#rows.elementOf(path)
  }

  /// Draws the files, `{ id, path, document }` each, and folders without files; the one with `current` as id is marked.
  show(files, folders, current) {
    const isOther = current !== this.#current
    this.#current = current
    if (files !== this.#files || folders !== this.#folders) {
      this.#files = files
      this.#folders = folders
      this.#whole = treeOf(files, folders)
      this.#ordered = null
      this.#narrow()
    }
    const path = isOther ? files.find(file => file.id === current)?.path : undefined
    if (path !== undefined) {
      this.#selection = only(path)
      this.#unfold(path)
    }
    this.#list()
    if (path !== undefined) this.#rows.reveal(path)
  }

  /// Shows those files only whose paths fit some words. Gives how many do.
  filter(text) {
    this.#filter = text.trim()
    const count = this.#narrow()
    const { focus } = this.#selection
    this.#list()
    const [first] = this.#paths
    // Where the one with the focus is not among them, the first is what a reader looks for.
    if (this.#filter && first !== undefined && focus !== this.#selection.focus) this.#selection = only(first)
    this.#rows.reveal(this.#selection.focus)
    return count
  }

  /// Chooses rows as soon as the tree has them: what was moved may be drawn before or after this is known.
  choose(paths) {
    this.#wanted = paths
    for (const path of paths) this.#unfold(path)
    this.#list()
  }

  /// Chooses one row, if it is not among those that are chosen.
  chooseAt(row) {
    if (!this.#selection.chosen.has(row.path)) this.#select(only(row.path))
  }

  /// Shows these rows as cut.
  markCut(paths) {
    this.#cut = new Set(paths)
    this.#rows.draw()
  }

  closeFolders() {
    const folders = new Set((this.#files ?? []).flatMap(({ path }) => foldersOf(path)))
    this.#flipped = this.#opensFolders ? folders : new Set()
    this.#list()
  }

  openFolder(path) {
    if (!this.#isOpen(path)) this.#flip(path)
    this.#list()
  }

  /// Puts the focus on the row that has it when the tree does.
  focus() {
    this.#rows.reveal(this.#selection.focus)
    this.#rows.elementOf(this.#selection.focus)?.focus({ preventScroll: true })
  }

  /// Where the row with the focus is on the screen.
  get place() {
    const { left, top, height } = (this.elementOf(this.#selection.focus) ?? this.#host).getBoundingClientRect()
    return { x: left + 24, y: top + Math.min(height, 40) }
  }

  get #opensFolders() {
    return (this.#files?.length ?? 0) <= FEW
  }

  #isOpen = path => this.#filter !== "" || this.#flipped.has(path) !== this.#opensFolders

  #flip(path) {
    if (!this.#flipped.delete(path)) this.#flipped.add(path)
  }

  #unfold(path) {
    for (const folder of foldersOf(path)) if (!this.#isOpen(folder)) this.#flip(folder)
  }

  #narrow() {
    if (!this.#filter) {
      this.#shown = this.#whole
      return this.#files?.length ?? 0
    }
    this.#ordered ??= filesIn(this.#whole)
    const files = filtered(this.#ordered, this.#filter)
    this.#shown = treeOf(files, [], true)
    return files.length
  }

  #list() {
    if (!this.#shown) return
    const hadFocus = this.#tree.contains(document.activeElement)
    const place = this.#rows.placeOf(this.#selection.focus)
    this.#rows.all = rowsOf(this.#shown, this.#isOpen)
    const wanted = this.#wanted.filter(path => this.#rows.at(path))
    if (wanted.length) {
      this.#selection = { chosen: new Set(wanted), focus: wanted[0], anchor: wanted[0] }
      this.#wanted = []
    } else {
      this.#selection = kept(this.#selection, this.#paths, place)
    }
    this.#place()
    if (wanted.length) this.#rows.reveal(wanted[0])
    else this.#rows.draw()
    if (hadFocus && document.activeElement !== this.elementOf(this.#selection.focus)) this.focus()
    this.dispatchEvent(new Event("choose"))
  }

  // A tree without items is no tree to a screen reader.
  #place() {
    const words = this.#filter ? "No file is called like this." : "No files yet."
    const body = this.#rows.all.length ? this.#tree : element("p", { class: "hint" }, words)
    const last = this.#host.lastElementChild
    if (last?.matches(".tree, .hint")) last.replaceWith(body)
    else this.#host.append(body)
  }

  get #paths() {
    return this.#rows.all.map(row => row.path)
  }

  #select(selection) {
    this.#selection = selection
    this.#rows.reveal(selection.focus)
    const now = this.#rows.elementOf(selection.focus)
    if (now !== document.activeElement) now?.focus({ preventScroll: true })
    this.dispatchEvent(new Event("choose"))
  }

  #go(row, { isRange = false, keeps = false } = {}) {
    if (!row) return
    if (isRange) this.#select(ranged(this.#selection, row.path, this.#paths))
    else this.#select(keeps ? moved(this.#selection, row.path) : only(row.path))
  }

  #use(row, focus) {
    if (row.kind === "folder") this.#toggle(row)
    else this.dispatchEvent(new CustomEvent("open", { detail: { file: row.file, focus } }))
  }

  #toggle(row) {
    this.#flip(row.path)
    this.#list()
  }

  #release = () => { this.#isPressed = false }

  #click = event => {
    const row = this.rowAt(event.target)
    if (!row) return
    if (event.shiftKey) return this.#go(row, { isRange: true })
    if (event.ctrlKey || event.metaKey) return this.#select(toggled(this.#selection, row.path))
    this.#go(row)
    this.#use(row, true)
  }

  // A press chooses by itself, when it is known whether it is a click.
  #focus = event => {
    const row = this.rowAt(event.target)
    if (row && !this.#isPressed && row.path !== this.#selection.focus) this.#go(row)
  }

  #menu = event => {
    const row = this.rowAt(event.target)
    if (!row && event.target.closest(".tree-filter")) return
    event.preventDefault()
    if (row) this.chooseAt(row)
    this.dispatchEvent(new CustomEvent("menu", { detail: { x: event.clientX, y: event.clientY } }))
  }

  #key = event => {
    const row = this.rowAt(event.target)
    const isMod = event.ctrlKey || event.metaKey
    if (!row || event.altKey) return
    const rows = this.#rows.all
    const index = this.#rows.placeOf(row.path)
    const isFolder = row.kind === "folder"
    const go = target => this.#go(target, { isRange: event.shiftKey, keeps: isMod })
    const actions = {
      ArrowDown: () => go(rows[index + 1]), ArrowUp: () => go(rows[index - 1]),
      Home: () => go(rows[0]), End: () => go(rows.at(-1)),
      ArrowRight: () => isFolder && (row.open ? this.#go(rows[index + 1]) : this.#toggle(row)),
      ArrowLeft: () => isFolder && row.open ? this.#toggle(row) : this.#go(this.#rows.at(folderOf(row.path))),
      Enter: () => this.#use(row, true),
      " ": () => isMod ? this.#select(toggled(this.#selection, row.path)) : this.#use(row, false)
    }
    const letter = event.key.length === 1 && !isMod ? () => this.#seek(event.key, index) : null
    const action = isMod && event.key.toLowerCase() === "a"
      ? () => this.#select(all(this.#selection, this.#paths)) : actions[event.key] ?? letter
    if (!action) return
    event.preventDefault()
    action()
  }

  #seek(letter, index) {
    const now = Date.now()
    this.#typed = now - this.#typedAt < 700 ? this.#typed + letter : letter
    this.#typedAt = now
    const start = this.#typed.length > 1 ? index : index + 1
    const ring = [...this.#rows.all.slice(start), ...this.#rows.all.slice(0, start)]
    this.#go(ring.find(row => row.name.toLowerCase().startsWith(this.#typed.toLowerCase())))
  }
}
