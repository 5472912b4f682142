import { EditorView } from "codemirror"
import { get } from "../shared/http.js"
import { watchTaste } from "./editor-setup.js"
import { OpenFile } from "./open-file.js"

/// The editor panel: shows one file at a time and keeps those opened before as they were left. Fires "show" when
/// another file is shown (`current`, null when none is) and "state" when a file's session changes its state.
export class Editor extends EventTarget {
  #host
  #live
  #nonce
  #commands
  #view = null
  #files = new Map()
  #loading = new Map()
  #endTaste = null
  #wanted = null
  current = null

  constructor(host, { live, nonce, commands }) {
    super()
    this.#host = host
    this.#live = live
    this.#nonce = nonce
    this.#commands = commands
  }

  start() {
    this.#endTaste = watchTaste(effectsFor => {
      for (const file of this.#files.values()) file.dispatch({ effects: effectsFor(file.path) })
      this.#view?.requestMeasure()
    })
  }

  stop() {
    this.#endTaste?.()
    for (const file of this.#files.values()) file.stop()
    this.#view?.destroy()
  }

  /// Every file with a session, shown or not.
  get files() {
    return [...this.#files.values()]
  }

  /// Shows a file of the project: `{ id, path, document }`, with `version` and `text` when they are at hand.
  async open(file, { focus = false } = {}) {
    this.#wanted = file.id
    const open = this.#files.get(file.id) ?? await this.#loadOnce(file)
    if (this.#wanted !== file.id) return
    this.#show(open)
    if (focus) this.#view.focus()
  }

  /// Makes the editor know of a file's new path.
  renamed(id, path) {
    this.#files.get(id)?.rename(path)
  }

  /// Forgets a file that is gone from the project; its session ends.
  close(id) {
    const file = this.#files.get(id)
    if (!file) return
    file.stop()
    this.#files.delete(id)
    if (file === this.current) this.#clear()
  }

  focus() {
    this.#view?.focus()
  }

  /// Goes to a place of the file that is shown. Lines are counted from 1; column and length are in UTF-16 units.
  reveal({ line, column = 0, length = 0 }) {
    const { doc } = this.#view.state
    const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines))
    const anchor = Math.min(from + column, to)
    const effects = EditorView.scrollIntoView(anchor, { y: "center" })
    this.#view.dispatch({ selection: { anchor, head: Math.min(anchor + length, to) }, effects })
  }

  /// True when the text of every open file is with the authority.
  async flush() {
    const results = await Promise.all(this.files.map(file => file.session.flush()))
    return results.every(Boolean)
  }

  // Two clicks on one file must not make two sessions of it.
  #loadOnce(file) {
    if (!this.#loading.has(file.id)) {
      this.#loading.set(file.id, this.#load(file).finally(() => this.#loading.delete(file.id)))
    }
    return this.#loading.get(file.id)
  }

  async #load(file) {
    const { version, text } = file.text == null ? await get(`/documents/${file.document}`) : file
    const surroundings = { live: this.#live, nonce: this.#nonce, commands: this.#commands }
    const open = new OpenFile({ ...file, version, text }, surroundings)
    open.session.addEventListener("state", () => this.dispatchEvent(new Event("state")))
    await open.start()
    this.#files.set(file.id, open)
    return open
  }

  #show(file) {
    if (file === this.current) return
    this.current?.putAway()
    if (this.#view) this.#view.setState(file.state)
    else this.#mount(file)
    file.view = this.#view
    if (file.scroll) this.#view.dispatch({ effects: file.scroll })
    this.current = file
    this.dispatchEvent(new Event("show"))
  }

  #mount(file) {
    this.#view = new EditorView({ state: file.state })
    this.#host.replaceChildren(this.#view.dom)
  }

  #clear() {
    this.current = null
    this.#view.destroy()
    this.#view = null
    this.#host.replaceChildren()
    this.dispatchEvent(new Event("show"))
  }
}
