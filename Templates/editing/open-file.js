import { Text, Transaction } from "codemirror"
import { DocumentSession } from "./document-session.js"
import { editorState, loadLanguage, rename } from "./editor-setup.js"

/// One text file that has been opened in this page: its editor state, which lives on while another file is shown, and
/// its session with the authority. `view` is the editor that shows it now, or null.
export class OpenFile {
  #state
  #commands
  #nonce
  #isReadOnly
  id
  path
  session
  view = null
  scroll = null

  /// `file` is `{ id, path, document, version, text }`.
  constructor(file, { live, nonce, commands, isReadOnly }) {
    this.id = file.id
    this.path = file.path
    this.#nonce = nonce
    this.#commands = commands
    this.#isReadOnly = isReadOnly
    this.#state = this.#newState(file.text)
    const text = Text.of(file.text.split("\n"))
    this.session = new DocumentSession({ id: file.document, version: file.version, text, live, apply: this.#apply })
  }

  async start() {
    const unsent = this.#isReadOnly ? null : await this.session.restore()
    if (unsent) this.#apply(unsent)
    this.session.start()
    this.#loadLanguage()
  }

  stop() {
    this.session.stop()
  }

  get state() {
    return this.view ? this.view.state : this.#state
  }

  /// The editor takes another file: keep its state here.
  putAway() {
    this.#state = this.view.state
    this.scroll = this.view.scrollSnapshot()
    this.view = null
  }

  rename(path) {
    this.path = path
    this.dispatch({ effects: rename(path) })
    this.#loadLanguage()
  }

  dispatch(spec) {
    if (this.view) this.view.dispatch(spec)
    else this.#state = this.#state.update(spec).state
  }

  // Others' changes: not in this reader's undo history, the selection stays on its text, nothing scrolls.
  #apply = changes => {
    this.dispatch({
      changes,
      annotations: [Transaction.remote.of(true), Transaction.addToHistory.of(false), Transaction.userEvent.of("remote")]
    })
  }

  #newState(text) {
    const onUpdate = update => {
      for (const transaction of update.transactions) {
        const isRemote = transaction.annotation(Transaction.remote)
        if (transaction.docChanged && !isRemote) this.session.edited(transaction.changes)
      }
    }
    return editorState({
      path: this.path, text, nonce: this.#nonce, commands: this.#commands, isReadOnly: this.#isReadOnly, onUpdate
    })
  }

  async #loadLanguage() {
    const effects = await loadLanguage(this.path)
    if (effects) this.dispatch({ effects })
  }
}
