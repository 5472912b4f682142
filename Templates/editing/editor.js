import { Separator } from "../shared/separator.js"
import { EditorHalf } from "./editor-half.js"
import { OpenFiles } from "./open-files.js"
import { NO_TABS, restored } from "./tabs-model.js"
import { hasKept } from "./unsent.js"

// So long nothing was typed before the page says that all is kept: it would say something else at every key otherwise.
const CALM = 400

/// The editor panel: one file, or two side by side, with tabs for those that are open. Fires "show" when another file
/// is shown where the reader works (`current`, null when none is), and "state", "open" and "edit" as `OpenFiles` does.
///
/// The file in the half where the reader works has its address in the page's: "turn" is fired when that is another
/// half.
///
/// Of the project it asks `project`: `file(id)` (`{ id, path, document }`, undefined when there is none),
/// `address(file)`, `open(id, half)`, which opens it there, `paths()`, a promise of those of all files, `isKnown()`,
/// whether it knows all files yet, and `empty()`, what to show where nothing is open.
export class Editor extends EventTarget {
  #host
  #kept
  #name
  #project
  #open
  #halves = []
  #active = null
  #recent = []
  #separator = null
  #calm = null
  #written = ""

  /// `kept` is a `Kept`, `name` what these tabs are called there; `symbols()` are the project's, once they are
  /// there.
  constructor(host, { live, nonce, isReadOnly, kept, name, symbols }) {
    super()
    this.#host = host
    this.#kept = kept
    this.#name = name
    this.#open = new OpenFiles({ live, nonce, isReadOnly, symbols, paths: () => this.#project.paths() })
  }

  /// Without `showsFiles` there are only the tabs: the page is about a file that is no text.
  start(project, { showsFiles }) {
    this.#project = project
    const kept = this.#kept.read(this.#name)
    this.#open.start()
    this.#open.addEventListener("state", this.#state)
    for (const name of ["open", "edit"]) {
      this.#open.addEventListener(name, ({ detail }) => this.dispatchEvent(new CustomEvent(name, { detail })))
    }
    this.#host.replaceChildren()
    const first = this.#add("first", kept?.halves?.[0], showsFiles)
    this.#active = first
    if (!showsFiles) return
    document.addEventListener("visibilitychange", this.#leave)
    if (!kept?.halves?.[1]) return
    const second = this.#addSecond(kept.halves[1])
    this.#activate(kept.active === 1 ? second : first)
    // The other shows what the page is about.
    this.#halves.find(half => half !== this.#active).showKept()
  }

  stop() {
    clearTimeout(this.#calm)
    document.removeEventListener("visibilitychange", this.#leave)
    for (const half of this.#halves) half.stop()
    this.#open.stop()
  }

  /// Every file with a session, shown or not.
  get files() {
    return this.#open.all
  }

  /// The file in the half where the reader works; null when none is shown.
  get current() {
    return this.#active?.current ?? null
  }

  /// The numbers of the files that are open, the one that was shown last first.
  get recent() {
    return this.#recent.filter(id => this.#halves.some(half => half.has(id)))
  }

  /// Adds an extension to the editors of all texts, as `OpenFiles` does.
  extend(extension) {
    this.#open.extend(extension)
  }

  /// Undo takes back what was done to many files in one go, as in `OpenFiles`.
  takesBack(client, act) {
    return this.#open.takesBack(client, act)
  }

  get isSplit() {
    return this.#halves.length > 1
  }

  /// Shows a file of the project: `{ id, path, document }`, with `version` and `text` when they are at hand. `place` is
  /// where to go in it (see `reveal`).
  async open(file, { focus = false, half = this.#active, place = null } = {}) {
    await half.open(file, { focus })
    if (place && half.current?.id === file.id) half.reveal(place)
  }

  /// Opens, without showing them, those of these files of which a reload has left something unsent.
  takeUp(files) {
    for (const file of files) {
      // One that can't be opened now keeps it until it is opened.
      if (file.document && hasKept(file.document)) this.#open.open(file).catch(() => {})
    }
  }

  /// The project's files are others: some may be gone or called otherwise.
  async projectChanged() {
    for (const open of this.files) {
      const file = this.#project.file(open.id)
      if (!file) this.#open.close(open.id)
      else if (file.path !== open.path) open.rename(file.path)
    }
    for (const half of [...this.#halves]) await half.keepExisting()
    this.#redraw()
  }

  /// Puts two halves side by side, or makes one of them again.
  async split() {
    if (this.isSplit) return this.#close(this.#halves[1])
    const { current } = this
    const half = this.#addSecond(NO_TABS)
    if (current) await this.#project.open(current.id, half)
    half.focus()
    this.#keep()
  }

  /// Goes to the other half.
  turn() {
    this.#halves.find(half => half !== this.#active)?.focus()
  }

  closeTab() {
    return this.#active.close()
  }

  reopenTab() {
    return this.#active.reopen()
  }

  turnTab(by) {
    return this.#active.turn(by)
  }

  moveTab(by) {
    this.#active.move(this.#active.tabs.current, by)
  }

  get canReopen() {
    return this.#active.tabs.closed.some(id => this.#project.file(id))
  }

  focus() {
    this.#active.focus()
  }

  /// Does in the text where the reader works what a key of the editor does.
  press(key) {
    this.#active?.press(key)
  }

  /// Goes to a place of the file where the reader works: `{ line, column, length }`, lines counted from 1, columns
  /// from 0.
  reveal(place) {
    if (this.current) this.#active.reveal(place)
    this.focus()
  }

  /// True when the text of every open file is with the authority.
  async flush() {
    const results = await Promise.all(this.files.map(file => file.session.flush()))
    return results.every(Boolean)
  }

  #add(name, tabs, showsFiles = true) {
    const label = name === "first" ? "Open files" : "Open files on the right"
    const half = new EditorHalf(name, label, { files: this.#open, project: this.#project })
    half.addEventListener("focus", () => this.#activate(half))
    half.addEventListener("show", () => this.#shown(half))
    half.addEventListener("tabs", () => this.#tabsChanged(half))
    this.#halves.push(half)
    this.#host.append(half.element)
    half.start(restored(tabs), { places: tabs?.places, showsFiles })
    return half
  }

  #addSecond(tabs) {
    const half = this.#add("second", tabs)
    this.#host.classList.add("is-split")
    const [first] = this.#halves
    this.#separator = new Separator(this.#host, {
      kept: this.#kept, property: "--first-half", label: "Width of the left editor", vertical: true, least: 160,
      most: () => this.#host.clientWidth - 160, measure: () => first.element.offsetWidth
    })
    this.#separator.start()
    return half
  }

  #close(half) {
    half.stop()
    this.#halves = this.#halves.filter(other => other !== half)
    this.#separator.stop()
    this.#host.classList.remove("is-split")
    this.#activate(this.#halves[0])
    this.#active.focus()
    this.#keep()
  }

  #activate(half) {
    if (half === this.#active || !this.#halves.includes(half)) return
    this.#active = half
    for (const each of this.#halves) each.element.classList.toggle("is-active", each === half)
    this.#keep()
    this.dispatchEvent(new Event("show"))
    this.dispatchEvent(new Event("turn"))
  }

  #shown(half) {
    if (half.current) this.#recent = [half.current.id, ...this.#recent.filter(id => id !== half.current.id)]
    if (half === this.#active) this.dispatchEvent(new Event("show"))
  }

  #tabsChanged(half) {
    this.#keep()
    this.#forgetClosed()
    // The right half is there for a file.
    if (half.name === "second" && half.tabs.open.length === 0 && half.tabs.closed.length > 0) this.#close(half)
  }

  // What is closed in both halves needs no session, once all of it is with the authority.
  #forgetClosed() {
    const isShown = id => this.#halves.some(half => half.has(id) || half.current?.id === id)
    for (const { id, session } of this.files) {
      if (!session.hasUnsent && !isShown(id)) this.#open.close(id)
    }
  }

  #redraw() {
    for (const half of this.#halves) half.draw()
  }

  #keep() {
    const now = this.#now
    this.#kept.write(this.#name, now)
    this.#written = JSON.stringify(now)
  }

  get #now() {
    const halves = this.#halves.map(half => ({ ...half.tabs, places: half.places }))
    return { halves, active: this.#halves.indexOf(this.#active) }
  }

  // The cursors move without a word, and a page that is hidden may never be seen again. One in which nothing was done
  // leaves alone what another window has kept meanwhile.
  #leave = () => {
    if (document.hidden && JSON.stringify(this.#now) !== this.#written) this.#keep()
  }

  #state = () => {
    const hasUnsent = this.files.some(({ session }) => session.hasUnsent)
    // Others may type on and on: what they do is no reason to wait longer.
    if (!hasUnsent && this.#calm !== null) return
    clearTimeout(this.#calm)
    this.#calm = null
    if (hasUnsent) return this.#tell()
    this.#calm = setTimeout(() => {
      this.#calm = null
      this.#tell()
    }, CALM)
  }

  #tell() {
    this.#redraw()
    this.dispatchEvent(new Event("state"))
  }
}
