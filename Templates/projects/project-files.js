import { BackOff } from "../shared/back-off.js"
import { element } from "../shared/element.js"
import { base, get } from "../shared/http.js"
import { toast } from "../shared/toast.js"

/// The project's list of files in this page: keeps tree, editor, address and title together, here and when another tab
/// changes the files. A long list is not in the page: whoever needs it waits for `known()`. Fires "change" when the
/// list is another.
export class ProjectFiles extends EventTarget {
  #project
  #name
  #mayEdit
  #list = []
  #byId = new Map()
  #byPath = new Map()
  #paths = []
  #isKnown = false
  #known = null
  #count
  #first
  #blob
  #editor
  #panel = null
  #where
  #create
  #other = null
  #opened = deferred()
  #isStale = false
  #refreshing = null

  /// `create()` asks for a new file.
  constructor({ boot, editor, where, create }) {
    super()
    this.#project = boot.project.id
    this.#name = boot.project.name
    this.#mayEdit = boot.may.edit
    this.#count = boot.fileCount
    this.#first = boot.file
    this.#blob = boot.blob
    this.#editor = editor
    this.#where = where
    this.#create = create
    if (boot.files) this.#take(boot.files)
  }

  start() {
    const showsFiles = !this.#blob
    this.#other = showsFiles ? null : document.querySelector("#editor > .blob")
    this.#editor.start({
      file: id => this.#file(id),
      address: file => this.#address(file),
      paths: async () => {
        await this.known()
        return this.#paths
      },
      isKnown: () => this.#isKnown,
      open: async (id, half) => {
        if (!this.#file(id)) await this.known()
        const file = this.#file(id)
        if (file) await this.open(file, { half })
      },
      empty: () => this.#other ?? this.#empty()
    }, { showsFiles })
    this.#editor.addEventListener("show", () => this.#draw())
    this.#editor.addEventListener("turn", () => this.#sayAddress())
    addEventListener("popstate", this.#back)
  }

  stop() {
    removeEventListener("popstate", this.#back)
  }

  /// Shows the files in a `FilesPanel` from now on, as soon as they are known.
  async showIn(panel) {
    this.#panel = panel
    panel.addEventListener("open", ({ detail }) => this.open(detail.file, { focus: detail.focus }))
    panel.addEventListener("create", event => this.#created(event.detail.file))
    panel.addEventListener("change", () => this.refresh())
    await this.known()
    this.#draw()
  }

  /// The files by path, as far as they are known.
  get all() {
    return this.#list
  }

  /// The file with a path; undefined when there is none, or it is not known yet.
  at(path) {
    return this.#byPath.get(path)
  }

  get isKnown() {
    return this.#isKnown
  }

  /// Resolves when the list of files is known.
  known() {
    this.#known ??= this.#isKnown ? Promise.resolve() : this.#load()
    return this.#known
  }

  /// Opens the file with this path, at a place if one is given: `{ path, line, column, length }`.
  async openPlace({ path, line, column, length }) {
    await this.known()
    const file = this.at(path)
    if (!file) return toast(`${path} is gone.`, { kind: "bad" })
    await this.open(file, { focus: true, place: line ? { line, column, length } : null })
  }

  /// Opens the file the page came with, whose text is in the page. `typed` is what has become of that before there were
  /// scripts, and where the reader is in it: `{ text, place }`, the place null for who is elsewhere.
  async openFirst(text, typed) {
    if (this.#first) await this.#openFirst(this.#first.text ?? text, typed)
    this.#opened.resolve()
    this.known().then(() => {
      this.#editor.takeUp(this.#list)
    })
  }

  async #openFirst(text, typed) {
    const line = Number(new URLSearchParams(location.search).get("line"))
    const place = Number.isInteger(line) && line > 0 ? { line } : null
    const isThere = Boolean(typed) && typed.place !== null
    await this.#editor.open({ ...this.#first, text }, { place, focus: isThere })
    if (typed && (isThere || typed.text !== text)) this.#editor.current?.take(typed, text)
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
  refresh() {
    this.#isStale = true
    this.#refreshing ??= this.#refresh().finally(() => { this.#refreshing = null })
    return this.#refreshing
  }

  // What is told while the list is on its way may not be in it.
  async #refresh() {
    await this.known()
    while (this.#isStale) {
      this.#isStale = false
      const files = await this.#read()
      if (files) await this.#change(files)
    }
  }

  async #change(files) {
    const shown = this.#editor.current
    this.#take(files)
    await this.#editor.projectChanged()
    this.#draw()
    this.dispatchEvent(new Event("change"))
    if (this.#editor.current) this.#sayAddress()
    else if (this.#blob) this.#leave()
    else if (shown && files.length) await this.open(files[0])
  }

  // The editor is not told before it has what the page is about: it would open what was open at the last visit.
  async #load() {
    const backOff = new BackOff()
    let files = null
    while (!(files = await this.#read())) await new Promise(resolve => setTimeout(resolve, backOff.next()))
    this.#take(files)
    this.#opened.promise.then(async () => {
      await this.#editor.projectChanged()
      this.#draw()
    })
  }

  async #read() {
    try {
      return (await get(`/projects/${this.#project}/files.json`)).files
    } catch {
      return null
    }
  }

  #take(files) {
    this.#list = files
    this.#byId = new Map(files.map(file => [file.id, file]))
    this.#byPath = new Map(files.map(file => [file.path, file]))
    this.#paths = files.map(file => file.path)
    this.#count = files.length
    this.#isKnown = true
  }

  #file(id) {
    return this.#byId.get(id) ?? (!this.#isKnown && id === this.#first?.id ? this.#first : undefined)
  }

  // Only when it is another: it would end a way to another page that has just begun.
  #sayAddress() {
    const { current } = this.#editor
    if (!current || (history.state?.file === current.id && location.pathname === this.#address(current))) return
    history.replaceState({ file: current.id }, "", this.#address(current))
  }

  // The page of a file that is no text has nothing to show when it is gone.
  #leave() {
    if (!this.#byId.has(this.#blob)) location.assign(`${base()}/projects/${this.#project}`)
  }

  async #created(file) {
    await this.known()
    if (!this.#byId.has(file.id)) this.#take([...this.#list, file])
    await this.open(file, { focus: true })
  }

  #draw() {
    const { current } = this.#editor
    if (this.#isKnown) this.#panel?.show(this.#list, current?.id ?? this.#blob)
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
    const hasFiles = this.#count > 0
    const empty = element("div", { class: "empty" }, element("h2", {}, hasFiles ? "No file is open" : "No files yet"))
    if (hasFiles) empty.append(element("p", {}, "Choose one in the tree, or press Ctrl+P and type a part of its name."))
    else if (this.#mayEdit) {
      empty.append(element("button", { class: "button", type: "button", click: () => this.#create() }, "New file"))
    }
    return empty
  }

  #back = async () => {
    await this.known()
    const path = decodeURIComponent(location.pathname).split("/files/").slice(1).join("/files/")
    const file = this.at(path)
    if (file) this.open(file, { push: false })
  }
}

function deferred() {
  let resolve
  const promise = new Promise(done => { resolve = done })
  return { promise, resolve }
}
