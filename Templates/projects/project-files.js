import { base, get } from "../shared/http.js"
import { element } from "../shared/element.js"
import { toast } from "../shared/toast.js"

/// The project's list of files in this page: keeps tree, editor, address and title together, here and when another tab
/// changes the files.
export class ProjectFiles {
  #project
  #name
  #files
  #first
  #blob
  #editor
  #tree
  #commands
  #where

  constructor({ boot, editor, tree, commands, where }) {
    this.#project = boot.project.id
    this.#name = boot.project.name
    this.#files = boot.files
    this.#first = boot.file
    this.#blob = boot.blob
    this.#editor = editor
    this.#tree = tree
    this.#commands = commands
    this.#where = where
  }

  start() {
    this.#tree.addEventListener("open", ({ detail }) => this.open(detail.file, { focus: detail.focus }))
    this.#commands.addEventListener("create", event => this.#created(event.detail.file))
    this.#commands.addEventListener("change", () => this.refresh())
    this.#editor.addEventListener("show", () => this.#draw())
    addEventListener("popstate", this.#back)
    this.#tree.show(this.#files, this.#first?.id ?? this.#blob)
  }

  stop() {
    removeEventListener("popstate", this.#back)
  }

  /// Opens the file the page came with, its text taken from the page.
  async openFirst() {
    if (this.#blob) return
    if (!this.#first) return this.#showEmpty()
    const text = this.#first.text ?? document.getElementById("text").defaultValue
    await this.#editor.open({ ...this.#first, text })
    const line = Number(new URLSearchParams(location.search).get("line"))
    if (Number.isInteger(line) && line > 0) this.#editor.reveal({ line })
  }

  /// Opens the file with this path, at a line if one is given: `{ path, line, column, length }`.
  async openPlace({ path, line, column, length }) {
    const file = this.#files.find(candidate => candidate.path === path)
    if (!file) return toast(`${path} is gone.`, { kind: "bad" })
    await this.open(file, { focus: true })
    if (line && this.#editor.current?.id === file.id) this.#editor.reveal({ line, column, length })
  }

  async open(file, { focus = false, push = true } = {}) {
    // What is no text has a page without an editor.
    if (!file.document || this.#blob) return location.assign(this.#address(file))
    try {
      await this.#editor.open(file, { focus })
      if (push && file.id !== history.state?.file) history.pushState({ file: file.id }, "", this.#address(file))
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
    const before = this.#files
    const shown = this.#editor.current
    this.#files = files
    for (const { id, path } of before) {
      const now = files.find(file => file.id === id)
      if (!now) this.#editor.close(id)
      else if (now.path !== path) this.#editor.renamed(id, now.path)
    }
    this.#draw()
    const { current } = this.#editor
    if (current) history.replaceState({ file: current.id }, "", this.#address(current))
    else if (this.#blob) this.#leave(files)
    else if (shown && files.length) await this.open(files[0])
    else if (shown) this.#showEmpty()
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
    if (!current) return
    this.#where.textContent = current.path
    document.title = `${current.path} – ${this.#name}`
  }

  #address(file) {
    const path = file.path.split("/").map(encodeURIComponent).join("/")
    return `${base()}/projects/${this.#project}/files/${path}`
  }

  #showEmpty() {
    this.#where.textContent = "no file"
    const make = () => this.#commands.create()
    document.getElementById("editor").replaceChildren(element("div", { class: "empty" },
      element("h2", {}, "No files yet"),
      element("button", { class: "button", type: "button", click: make }, "New file")
    ))
  }

  #back = () => {
    const path = decodeURIComponent(location.pathname).split("/files/").slice(1).join("/files/")
    const file = this.#files.find(candidate => candidate.path === path)
    if (file) this.open(file, { push: false })
  }
}
