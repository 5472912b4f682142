import { folderOf, outermost, refusalOf } from "./tree-model.js"

/// What is dragged has this name, so that nobody takes it for files from the desktop.
const KIND = "application/x-carrel-files"
const WAIT = 700

/// Moves what is chosen in the tree onto folders by the mouse, and copies it while Control is held. Fires "drop"
/// { paths, into, isCopy }, where `into` is a folder's path, "" for the top one.
export class TreeDrag extends EventTarget {
  #host
  #tree
  #paths = null
  #marked = null
  #over = null
  #timer = null

  /// `host` is the panel's body that the tree is in: what is dropped beside the rows goes to the top.
  constructor(host, tree) {
    super()
    this.#host = host
    this.#tree = tree
  }

  start() {
    for (const [name, listener] of this.#listeners) this.#host.addEventListener(name, listener)
  }

  stop() {
    for (const [name, listener] of this.#listeners) this.#host.removeEventListener(name, listener)
  }

  #begin = event => {
    const row = this.#tree.rowAt(event.target)
    if (!row) return
    this.#tree.chooseAt(row)
    this.#paths = outermost(this.#tree.chosen.map(({ path }) => path))
    event.dataTransfer.effectAllowed = "copyMove"
    event.dataTransfer.setData(KIND, JSON.stringify(this.#paths))
    event.dataTransfer.setData("text/plain", this.#paths.join("\n"))
  }

  #move = event => {
    if (!this.#paths) return
    const row = this.#tree.rowAt(event.target)
    const folder = !row ? "" : row.kind === "folder" ? row.path : folderOf(row.path)
    const isCopy = event.ctrlKey || event.altKey
    this.#wait(row)
    if (refusalOf(this.#paths, folder, isCopy)) return this.#mark(null)
    event.preventDefault()
    event.dataTransfer.dropEffect = isCopy ? "copy" : "move"
    this.#mark(folder)
  }

  #leave = event => {
    if (!this.#host.contains(event.relatedTarget)) this.#mark(null)
  }

  #drop = event => {
    if (!this.#paths) return
    event.preventDefault()
    const detail = { paths: this.#paths, into: this.#marked, isCopy: event.ctrlKey || event.altKey }
    this.#end()
    if (detail.into !== null) this.dispatchEvent(new CustomEvent("drop", { detail }))
  }

  #end = () => {
    this.#paths = null
    this.#mark(null)
    this.#wait(null)
  }

  #mark(folder) {
    if (folder !== null && folder === this.#marked) return
    this.#marked = folder
    for (const marked of this.#host.querySelectorAll(".is-target")) marked.classList.remove("is-target")
    if (folder === null) this.#host.classList.remove("is-target")
    else (folder === "" ? this.#host : this.#tree.elementOf(folder))?.classList.add("is-target")
  }

  // A closed folder opens when what is dragged stays over it.
  #wait(row) {
    if (row?.path === this.#over) return
    this.#over = row?.path
    clearTimeout(this.#timer)
    if (row?.kind === "folder" && !row.open) this.#timer = setTimeout(() => this.#tree.openFolder(row.path), WAIT)
  }

  #listeners = [
    ["dragstart", this.#begin], ["dragover", this.#move], ["dragleave", this.#leave], ["drop", this.#drop],
    ["dragend", this.#end]
  ]
}
