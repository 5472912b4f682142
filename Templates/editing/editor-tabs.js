import { element } from "../shared/element.js"
import { CROSS, tool } from "../shared/tool.js"

/// The tabs above a half of the editor: a list of links to its open files, for each a button that closes it. Arrow keys
/// walk along them, Delete closes one, and so does the middle button of a mouse; they are moved by dragging. Fires
/// "show" { id }, "close" { id } and "move" { id, by }.
export class EditorTabs extends EventTarget {
  #list = element("ul", { class: "editor-tabs-list" })
  #drawn = ""
  #shown = ""
  #ids = []
  #dragged = null
  element

  constructor(label) {
    super()
    this.element = element("nav", { "class": "editor-tabs", "aria-label": label }, this.#list)
  }

  start() {
    this.#list.addEventListener("click", this.#click)
    this.#list.addEventListener("auxclick", this.#click)
    this.#list.addEventListener("mousedown", keepFromScrolling)
    this.#list.addEventListener("keydown", this.#key)
    this.#list.addEventListener("dragstart", this.#drag)
    this.#list.addEventListener("dragover", this.#over)
    this.#list.addEventListener("drop", this.#drop)
  }

  /// Draws a tab for each `{ id, name, folder, href, isCurrent, isUnsaved }`.
  draw(tabs) {
    const whole = JSON.stringify(tabs)
    if (whole === this.#drawn) return
    this.#drawn = whole
    const focused = this.#ids[[...this.#list.children].findIndex(row => row.contains(document.activeElement))]
    this.#ids = tabs.map(tab => tab.id)
    this.#list.replaceChildren(...tabs.map(drawn))
    this.element.hidden = tabs.length === 0
    const current = this.#list.querySelector("[aria-current]")
    // Not when only a mark has changed: the reader may have scrolled elsewhere.
    const shown = JSON.stringify(tabs.map(({ id, isCurrent }) => [id, isCurrent]))
    if (shown !== this.#shown) current?.parentElement.scrollIntoView({ block: "nearest", inline: "nearest" })
    this.#shown = shown
    if (focused === undefined) return
    const place = this.#ids.indexOf(focused)
    ;(place < 0 ? current : this.#linkAt(place))?.focus()
  }

  #linkAt(place) {
    return this.#list.children[place]?.querySelector("a")
  }

  #placeOf(target) {
    return [...this.#list.children].indexOf(target.closest("li"))
  }

  #fire(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }))
  }

  #click = event => {
    const place = this.#placeOf(event.target)
    if (place < 0 || event.button > 1) return
    // A press that opens a tab of the browser is the browser's.
    if (event.button === 0 && (event.ctrlKey || event.metaKey || event.shiftKey)) return
    event.preventDefault()
    const isClose = event.button === 1 || event.target.closest("button") !== null
    this.#fire(isClose ? "close" : "show", { id: this.#ids[place] })
  }

  #key = event => {
    const place = this.#placeOf(event.target)
    if (place < 0 || event.ctrlKey || event.altKey || event.metaKey) return
    const last = this.#ids.length - 1
    const next = {
      ArrowRight: Math.min(place + 1, last), ArrowLeft: Math.max(place - 1, 0), Home: 0, End: last
    }[event.key]
    if (event.key === "Delete") this.#fire("close", { id: this.#ids[place] })
    else if (next === undefined) return
    else if (event.shiftKey) this.#fire("move", { id: this.#ids[place], by: next - place })
    else this.#linkAt(next).focus()
    event.preventDefault()
  }

  #drag = event => {
    this.#dragged = this.#placeOf(event.target)
    event.dataTransfer.effectAllowed = "move"
  }

  #over = event => {
    if (this.#dragged !== null && this.#placeOf(event.target) >= 0) event.preventDefault()
  }

  #drop = event => {
    if (this.#dragged === null) return
    event.preventDefault()
    this.#fire("move", { id: this.#ids[this.#dragged], by: this.#placeOf(event.target) - this.#dragged })
    this.#dragged = null
  }
}

// The middle button is to close, not to scroll.
function keepFromScrolling(event) {
  if (event.button === 1) event.preventDefault()
}

function drawn({ name, folder, href, isCurrent, isUnsaved }) {
  const link = element("a", {
    href, "class": "editor-tab", "aria-current": isCurrent ? "page" : null, "tabindex": isCurrent ? "0" : "-1",
    "title": folder ? `${folder}/${name}` : name
  }, name)
  if (folder) link.append(" ", element("span", { class: "editor-tab-folder" }, folder))
  if (isUnsaved) link.append(element("span", { class: "editor-tab-unsaved" }, " (not saved yet)"))
  const close = tool(`Close ${name}`, CROSS, () => {}, "Delete")
  close.tabIndex = -1
  return element("li", { class: isUnsaved ? "is-unsaved" : null }, link, close)
}

/// What to call files so that no two are called alike: the name, and the folder where a name is there twice.
export function tabNames(paths) {
  const parts = paths.map(path => ({ name: path.split("/").at(-1), folder: path.split("/").slice(0, -1).join("/") }))
  return parts.map(({ name, folder }) => {
    const isTwice = parts.filter(other => other.name === name).length > 1
    return { name, folder: isTwice ? folder : "" }
  })
}
