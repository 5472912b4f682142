import { get } from "../shared/http.js"
import { watchTaste } from "./editor-setup.js"
import { OpenFile } from "./open-file.js"

const MOST_REVERSALS = 50

/// The text files that this page has a session for, shown or not. Fires "state" when one's session changes its state,
/// "open" when there is one more, and "edit" when a text was changed, by whomever: `detail` is
/// `{ file, before, changes, isOwn }`: the `Text` that it was, the `ChangeSet` that made it another, and whether that
/// was done in this page.
export class OpenFiles extends EventTarget {
  #surroundings
  #files = new Map()
  #loading = new Map()
  #endTaste = null
  #extensions = []
  #reversals = new Map()

  /// `surroundings` are `{ live, nonce, isReadOnly, paths, symbols }`; `paths()` gives those of the project's files.
  constructor(surroundings) {
    super()
    this.#surroundings = {
      ...surroundings, extensions: this.#extensions, reversals: this.#reversals,
      texts: () => this.all.map(file => file.text),
      edited: detail => this.dispatchEvent(new CustomEvent("edit", { detail }))
    }
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

  /// Adds to every editor of a text, of now and later, what `extension(file)` makes for it: a CodeMirror extension. For
  /// what is loaded when the page is in use already.
  extend(extension) {
    this.#extensions.push(extension)
    for (const file of this.all) file.extend(extension)
  }

  /// Undo does this from now on in a text whose latest change was made by `client`, which has changed many at once. It
  /// would undo something older otherwise, and in this text only. Gives a function that ends this.
  takesBack(client, act) {
    this.#reversals.set(client, act)
    if (this.#reversals.size > MOST_REVERSALS) this.#reversals.delete(this.#reversals.keys().next().value)
    return () => this.#reversals.delete(client)
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
    this.dispatchEvent(new CustomEvent("open", { detail: { file: open } }))
    return open
  }
}
