import { get } from "../shared/http.js"
import { watchTaste } from "./editor-setup.js"
import { OpenFile } from "./open-file.js"

/// The text files that this page has a session for, shown or not. Fires "state" when one's session changes its state.
export class OpenFiles extends EventTarget {
  #surroundings
  #files = new Map()
  #loading = new Map()
  #endTaste = null

  /// `surroundings` are `{ live, nonce, isReadOnly, paths, symbols }`; `paths()` gives those of the project's files.
  constructor(surroundings) {
    super()
    this.#surroundings = { ...surroundings, texts: () => this.all.map(file => file.text) }
  }

  start() {
    this.#endTaste = watchTaste(effectsFor => {
      for (const file of this.#files.values()) {
        file.dispatch({ effects: effectsFor(file.path) })
        for (const view of file.views) view.requestMeasure()
      }
    })
  }

  stop() {
    this.#endTaste?.()
    for (const file of this.#files.values()) file.stop()
  }

  get all() {
    return [...this.#files.values()]
  }

  /// A file that is open; undefined when it is not.
  get(id) {
    return this.#files.get(id)
  }

  /// Opens a file of the project, `{ id, path, document }`, with `version` and `text` when they are at hand. Two clicks
  /// on one file make one session.
  async open(file) {
    if (this.#files.has(file.id)) return this.#files.get(file.id)
    if (!this.#loading.has(file.id)) {
      this.#loading.set(file.id, this.#load(file).finally(() => this.#loading.delete(file.id)))
    }
    return this.#loading.get(file.id)
  }

  /// Ends the session of a file that is gone from the project.
  close(id) {
    this.#files.get(id)?.stop()
    this.#files.delete(id)
  }

  async #load(file) {
    const { version, text } = file.text == null ? await get(`/documents/${file.document}`) : file
    const open = new OpenFile({ ...file, version, text }, this.#surroundings)
    open.session.addEventListener("state", () => this.dispatchEvent(new Event("state")))
    await open.start()
    this.#files.set(file.id, open)
    return open
  }
}
