import { base, get } from "../shared/http.js"
import { element } from "../shared/element.js"
import { toast } from "../shared/toast.js"

/// The project's list of files in this page: keeps tree, editor, address and title together, here and when another tab
/// changes the files. Fires "change" when the list is another.
export class ProjectFiles extends EventTarget {
  #project
  #name
  #mayEdit
  #files
  #first
  #blob
  #editor
  #tree
  #commands
  #where
  #other = null

  constructor({ boot, editor, tree, commands, where }) {
    super()
    this.#project = boot.project.id
    this.#name = boot.project.name
    this.#mayEdit = boot.may.edit
    this.#files = boot.files
    this.#first = boot.file
    this.#blob = boot.blob
    this.#editor = editor
    this.#tree = tree
    this.#commands = commands
    this.#where = where
  }

  start() {
    const showsFiles = !this.#blob
    this.#other = showsFiles ? null : document.querySelector("#editor > .blob")
    this.#editor.start({
      file: id => this.#files.find(file => file.id === id),
      address: file => this.#address(file),
      paths: () => this.#files.map(file => file.path),
      open: (id, half) => this.open(this.#files.find(file => file.id === id), { half }),
      empty: () => this.#other ?? this.#empty()
    }, { showsFiles })
    this.#tree.addEventListener("open", ({ detail }) => this.open(detail.file, { focus: detail.focus }))
    this.#commands.addEventListener("create", event => this.#created(event.detail.file))
    this.#commands.addEventListener("change", () => this.refresh())
    this.#editor.addEventListener("show", () => this.#draw())
    this.#editor.addEventListener("turn", () => this.#sayAddress())
    addEventListener("popstate", this.#back)
    this.#tree.show(this.#files, this.#first?.id ?? this.#blob)
  }

  stop() {
    removeEventListener("popstate", this.#back)
  }

  /// The files by path.
  get all() {
    return this.#files
  }

  /// Opens the file with this path, at a place if one is given: `{ path, line, column, length }`.
  async openPlace({ path, line, column, length }) {
    const file = this.#files.find(candidate => candidate.path === path)
    if (!file) return toast(`${path} is gone.`, { kind: "bad" })
    await this.open(file, { focus: true, place: line ? { line, column, length } : null })
  }

  /// Opens the file the page came with, whose text is in the page.
  async openFirst(text) {
    if (!this.#first) return
    const line = Number(new URLSearchParams(location.search).get("line"))
    const place = Number.isInteger(line) && line > 0 ? { line } : null
    await this.#editor.open({ ...this.#first, text: this.#first.text ?? text }, { place })
    this.#sayAddress()
  }

  /// Shows a file, in the half of the editor where the reader works or in another; `place` is where to go in it.
  async open(file, { focus = false, push = true, half, place = null } = {}) {
    // What is no text has a page without an editor.
    if (!file.document || this.#blob) return location.assign(this.#address(file))
    try {
      await this.#editor.open(file, { focus, half, place })
      const isHere = this.#editor.current?.id === file.id
      if (push && isHere && file.id !== history.state?.file) {
        history.pushState({ file: file.id }, "", this.#address(file))
      }
      this.#draw()
    } catch (failure) {
      toast(`${file.path} can’t be opened. ${failure.message}`, { kind: "bad" })
    }
  }

  /// Reads the list again: files were made, renamed or deleted, here or elsewhere.
  async refresh() {
    let files
    try {
      files = (await get(`/projects/${this.#project}/files.json`)).files
    } catch {
      return
    }
    const shown = this.#editor.current
    this.#files = files
    await this.#editor.projectChanged()
    this.#draw()
    this.dispatchEvent(new Event("change"))
    if (this.#editor.current) this.#sayAddress()
    else if (this.#blob) this.#leave(files)
    else if (shown && files.length) await this.open(files[0])
  }

  // Only when it is another: it would end a way to another page that has just begun.
  #sayAddress() {
    const { current } = this.#editor
    if (!current || (history.state?.file === current.id && location.pathname === this.#address(current))) return
    history.replaceState({ file: current.id }, "", this.#address(current))
  }

  // The page of a file that is no text has nothing to show when it is gone.
  #leave(files) {
    if (!files.some(({ id }) => id === this.#blob)) location.assign(`${base()}/projects/${this.#project}`)
  }

  async #created(file) {
    if (!this.#files.some(({ id }) => id === file.id)) this.#files = [...this.#files, file]
    await this.open(file, { focus: true })
  }

  #draw() {
    const { current } = this.#editor
    this.#tree.show(this.#files, current?.id ?? this.#blob)
    if (!current && !this.#blob) this.#where.textContent = "no file"
    if (!current) return
    this.#where.textContent = current.path
    document.title = `${current.path} – ${this.#name}`
  }

  #address(file) {
    const path = file.path.split("/").map(encodeURIComponent).join("/")
    return `${base()}/projects/${this.#project}/files/${path}`
  }

  #empty() {
    const hasFiles = this.#files.length > 0
    const empty = element("div", { class: "empty" }, element("h2", {}, hasFiles ? "No file is open" : "No files yet"))
    if (hasFiles) empty.append(element("p", {}, "Choose one in the tree, or press Ctrl+P and type a part of its name."))
    else if (this.#mayEdit) {
      const make = () => this.#commands.create()
      empty.append(element("button", { class: "button", type: "button", click: make }, "New file"))
    }
    return empty
  }

  #back = () => {
    const path = decodeURIComponent(location.pathname).split("/files/").slice(1).join("/files/")
    const file = this.#files.find(candidate => candidate.path === path)
    if (file) this.open(file, { push: false })
  }
}
