import { element } from "../shared/element.js"
import { HttpFailure, post } from "../shared/http.js"
import { Drift } from "./drift.js"

// After the last change of this reader's, and of somebody else's, in milliseconds.
const PAUSE = 1_000
const PAUSE_OF_OTHERS = 3_000
// When there was no room for a check.
const LATER = 5_000
// Longer than a cold workspace and a slow compiler take.
const PATIENCE = 75_000
// How often it is asked anew because others changed the text between this page and the site.
const MOST_TRIES = 3

/// Has problems looked for in the file where the reader works, by the language's check: when they ask for it, and after
/// each pause in typing as long as there is a workspace. Puts them into the `Problems` as "check" and tells the panel
/// how it goes. The newest check wins.
export class Checker extends EventTarget {
  #project
  #editor
  #problems
  #panel
  #endings
  #hasWorkspace
  #timer = null
  #current = null
  #seen = new Set()

  /// `endings` are those of the files in which the language looks for problems; `hasWorkspace()` says whether the
  /// workspace is there, as far as this page knows. "checked" is fired after each answer of the site.
  constructor({ project, editor, problems, panel, endings, hasWorkspace }) {
    super()
    this.#project = project
    this.#editor = editor
    this.#problems = problems
    this.#panel = panel
    this.#endings = endings
    this.#hasWorkspace = hasWorkspace
  }

  start() {
    this.#editor.addEventListener("edit", this.#edited)
    this.#editor.addEventListener("show", this.#shown)
    if (this.#endings.length) this.#panel.say("Not checked yet.")
    else this.#panel.say("Nothing looks for problems in this language here.")
    this.#shown()
  }

  stop() {
    clearTimeout(this.#timer)
    this.#current = null
    this.#editor.removeEventListener("edit", this.#edited)
    this.#editor.removeEventListener("show", this.#shown)
  }

  /// Looks for problems now: somebody asked for it.
  check() {
    return this.#check(true)
  }

  /// Looks for problems now if the language looks for them in the file: somebody saved it.
  checkSaved() {
    const { current } = this.#editor
    return current && this.#looksAt(current.path) ? this.#check(true) : null
  }

  /// Looks for problems in a moment, if there is a workspace: something has happened that may have changed them.
  checkSoon(pause = PAUSE) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#check(false), pause)
  }

  #edited = ({ detail: { file, isOwn } }) => {
    if (this.#looksAt(file.path)) this.checkSoon(isOwn ? PAUSE : PAUSE_OF_OTHERS)
  }

  // A file that is shown for the first time.
  #shown = () => {
    const { current } = this.#editor
    if (current && !this.#seen.has(current.path)) this.checkSoon()
  }

  #looksAt(path) {
    const name = path.split("/").at(-1)
    return name.lastIndexOf(".") > 0 && this.#endings.includes(name.split(".").at(-1).toLowerCase())
  }

  async #check(isAsked) {
    clearTimeout(this.#timer)
    const file = this.#editor.current
    if (!file) return isAsked && this.#panel.say("No file is open.")
    if (!isAsked && !this.#looksAt(file.path)) return
    if (!isAsked && !this.#hasWorkspace()) return this.#sayOld()
    // What was asked for is told, also when somebody types on and the next one takes its place.
    const check = { path: file.path, isAsked: isAsked || this.#current?.isAsked === true }
    this.#current = check
    this.#seen.add(file.path)
    this.#panel.say(`Checking ${file.path}…`, "running")
    try {
      await this.#ask(check, file)
    } catch (failure) {
      if (this.#current === check) this.#panel.say(failure.message, "failed")
      if (!(failure instanceof HttpFailure)) throw failure
    }
    if (this.#current === check) this.#current = null
  }

  // What is known is of another text.
  #sayOld() {
    if (this.#seen.size) this.#panel.say("Not checked since the last change: no workspace is running.")
  }

  async #ask(check, file) {
    for (let tries = 1; ; tries += 1) {
      if (!await this.#editor.flush()) {
        return this.#panel.say("Not checked: what you typed can’t be saved now.", "failed")
      }
      if (this.#current !== check) return
      const versions = new Map(this.#editor.files.map(each => [each.path, each.session.version]))
      const drift = new Drift(this.#editor)
      drift.start()
      let answer
      try {
        const wish = { file: file.path, isAutomatic: !check.isAsked }
        answer = await post(`/projects/${this.#project}/checks`, wish, { timeout: PATIENCE })
      } finally {
        drift.stop()
      }
      if (this.#current !== check) return
      const isOther = path => versions.has(path) && versions.get(path) !== answer.versions[path]
      if (Object.keys(answer.versions).some(isOther) && tries < MOST_TRIES) continue
      return this.#take(answer, drift, check)
    }
  }

  #take(answer, drift, check) {
    this.dispatchEvent(new Event("checked"))
    const { kind, words, problems, output } = answer
    if (kind === "done") {
      const found = drift.applied(problems)
      if (answer.looksAtAll) this.#problems.set("check", found)
      else for (const path of this.#pathsOf(answer)) this.#problems.set("check", path, found.filter(isIn(path)))
    }
    if (kind === "busy") this.checkSoon(LATER)
    const isBad = ["unclear", "failed"].includes(kind)
    if (kind === "absent") this.#sayOld()
    else if (kind === "superseded") this.#panel.say(check.isAsked ? words : "")
    else if (kind === "done" && !problems.length) this.#panel.sayNone(noneWords(answer), printed(output))
    else this.#panel.say(words, isBad ? "failed" : "", printed(output))
  }

  // The file that was checked, and those besides in which something was found.
  #pathsOf({ file, problems }) {
    return new Set([file, ...problems.map(({ path }) => path)])
  }
}

const isIn = path => problem => problem.path === path

function printed(output) {
  if (!output) return []
  return [element("details", {},
    element("summary", {}, "What the check printed"), element("pre", { class: "report-output", tabindex: "0" }, output)
  )]
}

function noneWords({ looksAtAll, file }) {
  return looksAtAll ? "No problems were found." : `No problems were found in ${file}.`
}
