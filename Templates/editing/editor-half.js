import { EditorView } from "codemirror"
import { element } from "../shared/element.js"
import { pressIn } from "./editing-commands.js"
import { EditorTabs, tabNames } from "./editor-tabs.js"
import { NO_TABS, beside, closed, existing, moved, opened, restoredPlaces } from "./tabs-model.js"

/// One half of the editor: tabs, and an editor that shows one of them. Fires "show" when another file is shown, "tabs"
/// when its tabs are others, and "focus" when somebody goes into it.
export class EditorHalf extends EventTarget {
  #files
  #project
  #tabs = NO_TABS
  #strip
  #body = element("div", { class: "editor-body" })
  #view = null
  #wanted = null
  #showsFiles = true
  // Where the cursor was in files that were closed, or are not shown yet since the page was left, by their numbers.
  #left = new Map()
  name
  element
  current = null

  /// `files` are the `OpenFiles`; `project` says what files there are (see `Editor`).
  constructor(name, label, { files, project }) {
    super()
    this.name = name
    this.#files = files
    this.#project = project
    this.#strip = new EditorTabs(label)
    this.element = element("div", { class: "editor-half" }, this.#strip.element, this.#body)
  }

  /// `tabs` may have files that are gone; `places` were once the property of that name. Without `showsFiles` none of
  /// them is shown: a press on one leads away.
  start(tabs, { places, showsFiles = true } = {}) {
    this.#showsFiles = showsFiles
    this.#left = restoredPlaces(places)
    // As long as nobody knows what files there are, those that were open are taken to be there.
    this.#tabs = this.#project.isKnown() ? existing(tabs, id => this.#project.file(id) !== undefined) : tabs
    this.#strip.start()
    this.#strip.addEventListener("show", event => {
      this.dispatchEvent(new Event("focus"))
      this.#go(event.detail.id)
    })
    this.#strip.addEventListener("close", event => this.close(event.detail.id))
    this.#strip.addEventListener("move", event => this.move(event.detail.id, event.detail.by))
    this.element.addEventListener("focusin", () => this.dispatchEvent(new Event("focus")))
    this.draw()
  }

  stop() {
    this.#wanted = null
    this.#clear()
    for (const file of this.#files.all) file.forget(this.name)
    this.element.remove()
  }

  get tabs() {
    return this.#tabs
  }

  /// Where the cursor is or was in the files with tabs and those that were closed: `[[id, place]]`, with places as for
  /// `reveal`.
  get places() {
    const places = [...this.#tabs.open, ...this.#tabs.closed].map(id => [id, this.#placeIn(id)])
    return places.filter(([, place]) => place)
  }

  /// Whether a file has a tab here, or is about to have one.
  has(id) {
    return this.#wanted === id || this.#tabs.open.includes(id)
  }

  /// Shows the file of the tab that was the current one when this was kept.
  async showKept() {
    if (this.#tabs.current !== null) await this.#go(this.#tabs.current)
  }

  /// Shows a file of the project in a tab.
  async open(file, { focus = false } = {}) {
    this.#wanted = file.id
    const open = await this.#files.open(file)
    // Meanwhile somebody may have asked for another, or the file may be gone.
    if (this.#wanted !== file.id) return
    this.#wanted = null
    if (!this.#project.file(file.id)) return this.#files.close(file.id)
    this.#change(opened(this.#tabs, file.id))
    const place = open.placeIn(this.name) ? null : this.#left.get(file.id)
    this.#show(open)
    if (place) this.reveal(place)
    if (focus) this.#view.focus()
  }

  /// Closes a tab: a file's, or the current one's.
  async close(id = this.#tabs.current) {
    if (!this.#tabs.open.includes(id)) return
    const hadFocus = this.element.contains(document.activeElement)
    this.#left.set(id, this.#placeIn(id))
    await this.#settle(closed(this.#tabs, id))
    // Where the next one could not be opened, this one is still shown.
    if (this.current?.id !== id) this.#files.get(id)?.forget(this.name)
    if (hadFocus) this.focus()
  }

  /// Opens what was closed last; does nothing when that is nothing.
  reopen() {
    const id = this.#tabs.closed.findLast(id => this.#project.file(id))
    if (id !== undefined) return this.#go(id)
  }

  /// Shows the tab so many places on.
  turn(by) {
    const id = beside(this.#tabs, by)
    if (id !== null) return this.#go(id)
  }

  move(id, by) {
    this.#change(moved(this.#tabs, id, by))
  }

  /// Forgets files that are gone from the project.
  async keepExisting() {
    await this.#settle(existing(this.#tabs, id => this.#project.file(id) !== undefined))
  }

  focus() {
    if (this.#view) this.#view.focus()
    else this.#body.querySelector("button")?.focus()
  }

  /// Does in the text what a key of the editor does.
  press(key) {
    if (this.#view) pressIn(this.#view, key)
  }

  /// Puts the cursor at a line, counted from 1, and the line into sight; selects so many units from a column, counted
  /// from 0.
  reveal({ line, column = 0, length = 0 }) {
    const { doc } = this.#view.state
    const { from, to } = doc.line(Math.min(Math.max(line, 1), doc.lines))
    const anchor = Math.min(from + column, to)
    const effects = EditorView.scrollIntoView(anchor, { y: "center" })
    this.#view.dispatch({ selection: { anchor, head: Math.min(anchor + length, to) }, effects })
  }

  draw() {
    const files = this.#tabs.open.flatMap(id => this.#project.file(id) ?? [])
    const names = tabNames(files.map(file => file.path))
    this.#strip.draw(files.map((file, index) => ({
      id: file.id, ...names[index], href: this.#project.address(file),
      isCurrent: this.#showsFiles && file.id === this.#tabs.current,
      isUnsaved: this.#files.get(file.id)?.session.hasUnsent ?? false
    })))
    if (!this.#view) this.#body.replaceChildren(this.#project.empty())
  }

  #placeIn(id) {
    return this.#files.get(id)?.placeIn(this.name) ?? this.#left.get(id)
  }

  #go(id) {
    return this.#project.open(id, this)
  }

  async #settle(tabs) {
    this.#change(tabs)
    if (!this.#showsFiles || this.current?.id === tabs.current) return
    const file = this.#project.file(tabs.current)
    if (file) await this.#project.open(file.id, this)
    else this.#clear()
  }

  #change(tabs) {
    this.#tabs = tabs
    this.draw()
    this.dispatchEvent(new Event("tabs"))
  }

  #show(file) {
    if (file === this.current) return
    const before = this.current
    before?.putAway(this.name)
    if (before && !this.#tabs.open.includes(before.id)) before.forget(this.name)
    const view = file.showIn(this.name, this.#view)
    if (!this.#view) this.#body.replaceChildren(view.dom)
    this.#view = view
    this.current = file
    this.dispatchEvent(new Event("show"))
  }

  #clear() {
    this.#wanted = null
    if (!this.#view) return
    this.current.putAway(this.name)
    this.current = null
    this.#view.destroy()
    this.#view = null
    this.draw()
    this.dispatchEvent(new Event("show"))
  }
}
