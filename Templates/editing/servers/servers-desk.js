import { EditorState } from "codemirror"
import { ask } from "../../shared/dialog.js"
import { element } from "../../shared/element.js"
import { post } from "../../shared/http.js"
import { toast } from "../../shared/toast.js"
import { sayWithUndo } from "../take-back.js"
import { hoverOf, wordAt } from "./hover.js"
import { PlacesPanel } from "./places-panel.js"
import { Questions } from "./questions.js"
import { askForSignature, signatureOf } from "./signature.js"
import { suggestionsOf } from "./suggestions.js"

const PAUSE = 500
const AFTER_START = 1500

/// What a language server gives the workbench: suggestions, words about names, problems as one types, ways to where a
/// name is made and used, and another name for it. Loaded when the page is in use; a server is started by what the
/// reader does, never by the page.
export class ServersDesk {
  #parts
  #questions
  #channel = null
  #leave = null
  #timers = new Map()
  #panel = null
  #wasLost = false
  // What is known of all files is taken once; after that each is told as it changes.
  #wantsAll = false

  /// `parts` are the workbench's: `boot`, `live`, `editor`, `files`, `tabs`, `layout`, `commands`, and the store of
  /// `problems`.
  constructor(parts) {
    this.#parts = parts
    this.#questions = new Questions(parts.boot.project.id)
  }

  async start() {
    const { editor, commands, live, boot } = this.#parts
    await sheet()
    this.#questions.addEventListener("reply", ({ detail }) => this.#heard(detail.reply))
    editor.extend(file => {
      const data = [{ autocomplete: suggestionsOf(this.#questions, file) }]
      return [
        EditorState.languageData.of(() => data), hoverOf(this.#questions, file), signatureOf(this.#questions, file)
      ]
    })
    for (const command of this.#commands()) commands.register(command)
    editor.addEventListener("show", () => this.#sync(editor.current))
    editor.addEventListener("edit", ({ detail }) => this.#soon(detail.file, PAUSE))
    // A run makes a workspace that a server can be in, and so do others who share it.
    live.join(`project/${boot.project.id}`, ({ data }) => {
      if (!data?.workspace && data?.run?.state !== "running") return
      this.#questions.wake()
      this.#soon(editor.current, AFTER_START)
    })
    this.#sync(editor.current)
  }

  #commands() {
    const { boot, editor } = this.#parts
    const isPossible = () => editor.current !== null
    const reading = [
      {
        name: "definition", group: "Code", title: "Go to where a name is made", key: "F12", isPossible,
        act: () => this.#goToDefinition()
      },
      {
        name: "references", group: "Code", title: "Find where a name is used", key: "Shift-F12", isPossible,
        act: () => this.#findReferences()
      },
      {
        name: "signature", group: "Code", title: "How the call at the cursor is written", key: "Mod-Shift- ",
        isPossible, act: () => this.#withView((file, view) => askForSignature(this.#questions, file, view))
      },
      {
        name: "language-server", group: "Code", title: "Start the language server", isPossible,
        act: () => this.#startServer()
      }
    ]
    return boot.may.edit ? [
      ...reading,
      {
        name: "rename-name", group: "Code", title: "Rename a name everywhere", key: "F2", keysIn: ".cm-editor",
        isPossible, act: () => this.#rename()
      }
    ] : reading
  }

  // MARK: What the reader asks for

  async #startServer() {
    const file = this.#parts.editor.current
    if (file && await this.#questions.ask("sync", file, { start: true })) toast("The language server is there.")
  }

  #goToDefinition() {
    return this.#withName(async (file, view, name) => {
      const reply = await this.#questions.ask("definition", file, { at: view.state.selection.main.head, start: true })
      if (!reply) return
      const places = reply.places.filter(({ path }) => path)
      if (places.length === 1) return this.#open(places[0])
      if (places.length > 1) return this.#show(`Where “${name}” is made.`, places)
      const [{ outside, line } = {}] = reply.places
      toast(outside ? `“${name}” is made outside of the project: ${outside}, line ${line}.`
        : `Where “${name}” is made is not known.`)
    })
  }

  #findReferences() {
    return this.#withName(async (file, view, name) => {
      const reply = await this.#questions.ask("references", file, { at: view.state.selection.main.head, start: true })
      if (!reply) return
      if (!reply.places.length) return toast(`Where “${name}” is used is not known.`)
      const count = reply.places.length
      this.#show(`“${name}” is used in ${count} place${count === 1 ? "" : "s"}.${unseenWords(reply)}`, reply.places)
    })
  }

  #rename() {
    return this.#withName(async (file, view, name) => {
      const at = view.state.selection.main.head
      const text = view.state.doc
      const renamed = await ask({
        title: `Rename “${name}” everywhere`, label: "New name", value: name, action: "Rename",
        refocus: () => this.#parts.editor.focus(),
        submit: async typed => {
          if (!file.text.eq(text)) throw new Error("The text has changed meanwhile. Try again.")
          // All texts, so that none of them is known in an older version.
          if (!await this.#parts.editor.flush()) throw new Error("What was typed can’t be sent to the site now.")
          const { path, session: { version } } = file
          const reply = await post(`/projects/${this.#parts.boot.project.id}/intelligence`, {
            kind: "rename", path, version, at, start: true, name: typed
          })
          this.#heard(reply)
          if (reply.state !== "ready") throw new Error(reply.words ?? "The language server does not answer.")
          return { ...reply.renamed, note: unseenWords(reply) }
        }
      })
      if (renamed) this.#sayRenamed(renamed)
    })
  }

  #sayRenamed({ places, files, reversal, note }) {
    if (!places) return toast("There was nothing to rename.")
    const words = `Renamed in ${places} place${places === 1 ? "" : "s"} of ${files} file${files === 1 ? "" : "s"}.`
    const { editor } = this.#parts
    sayWithUndo(words + note, { editor, reversal, undone: () => toast("The old name is back.") })
  }

  #withView(act) {
    const file = this.#parts.editor.current
    const view = file?.views.find(each => each.hasFocus) ?? file?.views[0]
    if (view) return act(file, view)
  }

  #withName(act) {
    return this.#withView((file, view) => {
      const word = wordAt(view.state, view.state.selection.main.head)
      if (!word) return toast("Put the cursor on a name first.")
      return act(file, view, word.text)
    })
  }

  #open({ path, line, column, length }) {
    this.#parts.layout.show("code")
    return this.#parts.files.openPlace({ path, line, column, length })
  }

  #show(words, places) {
    const { tabs, layout } = this.#parts
    this.#panel ??= new PlacesPanel(tabs.add("References", () => this.#panel.focus()), place => this.#open(place))
    layout.show("console")
    this.#panel.show(words, places)
  }

  // MARK: What the server says

  #soon(file, pause) {
    if (!file) return
    clearTimeout(this.#timers.get(file.id))
    this.#timers.set(file.id, setTimeout(() => {
      this.#timers.delete(file.id)
      this.#sync(file)
    }, pause))
  }

  // The server is to know the text, and says what it thinks of it on the channel.
  #sync(file) {
    if (file) this.#questions.ask("sync", file)
  }

  #heard(reply) {
    if (reply.channel && reply.channel !== this.#channel) {
      this.#leave?.()
      this.#channel = reply.channel
      this.#wantsAll = true
      this.#leave = this.#parts.live.join(reply.channel, message => this.#news(message))
    }
    if (reply.problems && this.#wantsAll) {
      this.#wantsAll = false
      this.#parts.problems.set("server", reply.problems.flatMap(({ path, list }) => (
        list.map(problem => ({ ...problem, path }))
      )))
    }
    // Nobody keeps up what was found when there was a server.
    if (reply.state === "absent") this.#parts.problems.clear("server")
    if (reply.state === "starting") this.#soon(this.#parts.editor.current, AFTER_START)
  }

  #news({ data, gap, open }) {
    if (gap || open) {
      this.#wantsAll = true
      return this.#sync(this.#parts.editor.current)
    }
    if (!data) return
    const { problems } = this.#parts
    if (data.problems) problems.set("server", data.problems.path, data.problems.list)
    if (data.state === "ready") {
      if (this.#wasLost) toast("The language server is there again.")
      this.#wasLost = false
      this.#sync(this.#parts.editor.current)
    }
    if (data.state === "restarting") this.#wasLost = true
    // One that ends because nobody asks any more was right until then.
    if (data.words && data.state !== "starting") {
      problems.clear("server")
      toast(data.words, { kind: "bad" })
    }
  }
}

// The page needs no styles for this until then.
function sheet() {
  return new Promise(resolve => {
    const href = new URL("./servers.css", import.meta.url).href
    document.head.append(element("link", { rel: "stylesheet", href, load: resolve, error: resolve }))
  })
}

// A server that sees some files only may leave a name as it was in the others.
function unseenWords({ unseen = 0 }) {
  if (!unseen) return ""
  return ` ${unseen} more file${unseen === 1 ? " was" : "s were"} not looked at: the project is too large for that.`
}
