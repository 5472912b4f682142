import { EditorView, StateEffect, Text, Transaction } from "codemirror"
import { copy } from "../shared/clipboard.js"
import { toast } from "../shared/toast.js"
import { replacement } from "./collab.js"
import { complete } from "./completion.js"
import { DocumentSession } from "./document-session.js"
import { editorState, loadLanguage, rename } from "./editor-setup.js"

const OWN_DOING = [Transaction.remote.of(true), Transaction.userEvent.of("format")]
// To the editor's history, what comes from the other half is like what comes from somebody else: not its own.
const ELSEWHERE = [
  Transaction.remote.of(true), Transaction.addToHistory.of(false), Transaction.userEvent.of("remote")
]

/// One text file that has been opened in this page: its text, its session with the authority, and a look at it for each
/// half of the editor that has shown it. A look has selection, scroll and undo history of its own, and lives on while
/// another file is shown; the text is the same in all of them.
export class OpenFile {
  #surroundings
  #texts
  #paths
  #symbols
  #language = null
  #edited
  #extensions
  #reversals
  #latest = null
  #looks = new Map()
  #doc
  id
  path
  session
  isBeingFormatted = false

  /// `file` is `{ id, path, document, version, text }`; `surroundings` what `editorState` wants besides, `live`, and
  /// what gives the open files' texts, the paths of all files and the project's symbols: `texts()`, `paths()`,
  /// `symbols()`. `edited` is called after each change of the text, by whomever, with the detail of the event "edit" of
  /// `OpenFiles`; `extensions` is the list of those of `extend`, `reversals` the map of those of `takesBack`.
  constructor(file, { live, texts, paths, symbols, edited, extensions, reversals, ...surroundings }) {
    this.id = file.id
    this.path = file.path
    this.#surroundings = { ...surroundings, complete: this.#complete, takeBack: this.#takeBack }
    this.#texts = texts
    this.#paths = paths
    this.#edited = edited
    this.#extensions = extensions
    this.#symbols = symbols
    this.#reversals = reversals
    this.#doc = Text.of(file.text.split("\n"))
    this.session = new DocumentSession({
      id: file.document, version: file.version, text: this.#doc, live,
      apply: (changes, how) => this.#apply(changes, how)
    })
  }

  async start() {
    const { isReadOnly } = this.#surroundings
    const unsent = await this.session.restore({ isReadOnly })
    if (unsent) this.#apply(unsent)
    if (this.session.lost) this.#sayLost(this.session.lost)
    this.session.start()
    this.#loadLanguage()
  }

  stop() {
    this.session.stop()
  }

  get text() {
    return this.#doc
  }

  /// The editors that show it now.
  get views() {
    return [...this.#looks.values()].flatMap(look => look.view ?? [])
  }

  /// Puts it into a half's view, as that half left it. Gives the view, a new one where there was none.
  showIn(half, view) {
    const look = this.#lookOf(half)
    // Not made empty first: the state has the number that the page's policy wants of styles.
    look.view = view ?? new EditorView({ state: look.state })
    if (view) view.setState(look.state)
    if (look.scroll) look.view.dispatch({ effects: look.scroll })
    return look.view
  }

  /// The half's view takes another file, or goes.
  putAway(half) {
    const look = this.#looks.get(half)
    look.state = look.view.state
    look.scroll = look.view.scrollSnapshot()
    look.view = null
  }

  /// Makes of the text `before`, which it began with, what somebody has typed before there was an editor (see
  /// `ProjectFiles.openFirst`).
  take({ text, place }, before) {
    const [look] = this.#looks.values()
    const changes = replacement(before, text)
    // A reload may have brought back something else.
    if (this.#doc.toString() !== before) return changes && this.#sayLost(changes.insert)
    const selection = place === null ? undefined : { anchor: place }
    dispatchIn(look, { ...changes && { changes }, selection, scrollIntoView: place !== null })
  }

  /// Where the cursor is in a half, as for its `reveal`; null where it has not been shown.
  placeIn(half) {
    const look = this.#looks.get(half)
    if (!look) return null
    const { doc, selection } = (look.view ?? look).state
    const { number, from } = doc.lineAt(selection.main.head)
    return { line: number, column: selection.main.head - from }
  }

  /// The half is gone, or has closed it.
  forget(half) {
    this.#looks.delete(half)
  }

  rename(path) {
    this.path = path
    this.dispatch({ effects: rename(path) })
    this.#loadLanguage()
  }

  /// Does this in every look, shown or not.
  dispatch(spec) {
    for (const look of this.#looks.values()) dispatchIn(look, spec)
  }

  /// Gives what looks are there an extension, which `extension(file)` makes for each of them.
  extend(extension) {
    for (const look of this.#looks.values()) this.#extendIn(look, extension)
  }

  #complete = Object.assign(
    context => complete(context, {
      path: this.path, texts: this.#texts(), paths: this.#paths, symbols: this.#symbols?.()
    }), { isOurs: true }
  )

  // False where the latest change is none that was made in many files from here.
  #takeBack = () => {
    const act = this.#reversals.get(this.#latest)
    act?.()
    return act !== undefined
  }

  #lookOf(half) {
    if (!this.#looks.has(half)) {
      const onUpdate = update => this.#updated(half, update)
      const state = editorState({ path: this.path, doc: this.#doc, ...this.#surroundings, onUpdate })
      const look = { state, view: null, scroll: null }
      this.#looks.set(half, look)
      for (const extension of this.#extensions) this.#extendIn(look, extension)
      if (this.#language) dispatchIn(look, { effects: this.#language })
    }
    return this.#looks.get(half)
  }

  #updated(half, update) {
    for (const transaction of update.transactions) {
      if (!transaction.docChanged || transaction.annotation(Transaction.remote)) continue
      const before = this.#doc
      this.#doc = transaction.newDoc
      this.#latest = null
      if (transaction.isUserEvent("input.complete")) noteTaken(transaction)
      this.session.edited(transaction.changes)
      for (const [other, look] of this.#looks) {
        if (other !== half) dispatchIn(look, { changes: transaction.changes, annotations: ELSEWHERE })
      }
      this.#edited({ file: this, before, changes: transaction.changes, isOwn: true })
    }
  }

  // Others' changes: not in this reader's undo history, the selection stays on its text, nothing scrolls. What is the
  // reader's own doing is in the history of one look, for a second undo of it would undo what came after it.
  #apply(changes, { isOwn = false, client = null } = {}) {
    const before = this.#doc
    this.#doc = changes.apply(before)
    // What is unsent was typed after it, for whoever types.
    this.#latest = this.session.hasUnsent ? null : client
    const looks = [...this.#looks.values()]
    const owner = isOwn ? looks.find(look => look.view?.hasFocus) ?? looks.find(look => look.view) : null
    for (const look of looks) {
      dispatchIn(look, { changes, annotations: look === owner ? OWN_DOING : ELSEWHERE })
    }
    this.#edited({ file: this, before, changes, isOwn: false })
  }

  #extendIn(look, extension) {
    dispatchIn(look, { effects: StateEffect.appendConfig.of(extension(this)) })
  }

  // Until somebody has it: it is nowhere else any more.
  #sayLost(text) {
    const { isReadOnly } = this.#surroundings
    const why = isReadOnly ? "isn’t saved, and you may only read it now" : "can’t be put into it any more"
    const words = `What you typed into ${this.path} before this page was left ${why}.`
    const act = () => copy(text).then(() => toast("It is in the clipboard."), () => this.#sayLost(text))
    toast(words, { kind: "bad", action: { label: "Copy it", act }, stays: true })
  }

  async #loadLanguage() {
    this.#language = await loadLanguage(this.path)
    if (this.#language) this.dispatch({ effects: this.#language })
  }
}

async function noteTaken({ changes }) {
  const { noteUse } = await import("./suggestions.js")
  changes.iterChanges((fromA, toA, fromB, toB, inserted) => noteUse(inserted.toString()))
}

function dispatchIn(look, spec) {
  if (look.view) look.view.dispatch(spec)
  else look.state = look.state.update(spec).state
}
