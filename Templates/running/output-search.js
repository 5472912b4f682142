import { CROSS, DOWN, UP, tool } from "../shared/tool.js"
import { element } from "../shared/element.js"
import { findAll, firstFrom, places } from "./find.js"

// The count follows what is printed meanwhile, at most so often, in milliseconds.
const PAUSE = 300

/// The bar that searches the output that is shown: Enter goes on, Shift-Enter back, Escape closes it.
export class OutputSearch {
  #field = element("input", {
    "class": "input small", "type": "text", "aria-label": "Search the output", "placeholder": "Search the output",
    "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"
  })
  #count = element("p", { class: "search-count", role: "status" })
  #bar
  #body
  #screen = null
  #matches = []
  #current = 0
  #timer = null

  /// `body` is what the bar is put above of.
  constructor(body) {
    this.#body = body
    this.#bar = element(
      "div", { "class": "output-search", "role": "search", "aria-label": "Output" }, this.#field, this.#count,
      tool("Previous match", UP, () => this.#step(-1), "Shift+Enter"),
      tool("Next match", DOWN, () => this.#step(1), "Enter"),
      tool("Close the search", CROSS, () => this.close(), "Escape")
    )
    this.#field.addEventListener("input", this.#search)
    this.#bar.addEventListener("keydown", this.#pressed)
  }

  get isOpen() {
    return this.#screen !== null
  }

  /// Opens the bar for a screen, or goes to its field.
  open(screen) {
    if (this.#screen !== screen) {
      this.close(false)
      this.#screen = screen
      screen.addEventListener("output", this.#refreshSoon)
      screen.addEventListener("size", this.#search)
      this.#body.prepend(this.#bar)
      this.#body.classList.add("searching")
      this.#search()
    }
    this.#field.focus()
    this.#field.select()
  }

  close(goesBack = true) {
    if (!this.isOpen) return
    const screen = this.#screen
    this.#screen = null
    clearTimeout(this.#timer)
    this.#timer = null
    screen.removeEventListener("output", this.#refreshSoon)
    screen.removeEventListener("size", this.#search)
    screen.unmark()
    this.#bar.remove()
    this.#body.classList.remove("searching")
    if (goesBack) screen.focus()
  }

  #search = () => {
    const from = this.#place()
    this.#matches = findAll(this.#screen.lines, this.#field.value)
    this.#current = firstFrom(this.#matches, from)
    this.#show()
  }

  // Where to search on from: the match that is shown, else what is seen.
  #place() {
    const match = this.#matches[this.#current]
    return match ? { row: match.line.row, index: match.index } : { row: this.#screen.firstRow, index: 0 }
  }

  #step(by) {
    const from = this.#place()
    this.#matches = findAll(this.#screen.lines, this.#field.value)
    const { length } = this.#matches
    if (length) this.#current = (firstFrom(this.#matches, from) + by + length) % length
    this.#show()
  }

  #show() {
    const match = this.#matches[this.#current]
    if (match) this.#screen.mark(match)
    else this.#screen.unmark()
    this.#say()
  }

  // Readers that can't see the mark hear the line.
  #say() {
    const match = this.#matches[this.#current]
    const line = match && element("span", { class: "visually-hidden" }, `: ${match.line.text}`)
    const words = this.#field.value ? places(this.#current, this.#matches.length) : ""
    this.#count.replaceChildren(words, ...(line ? [line] : []))
  }

  // What is printed moves nothing: the match that is shown stays, only the count is another one.
  #refreshSoon = () => {
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      const from = this.#place()
      this.#matches = findAll(this.#screen.lines, this.#field.value)
      this.#current = firstFrom(this.#matches, from)
      this.#say()
    }, PAUSE)
  }

  #pressed = event => {
    if (event.key === "Escape") this.close()
    else if (event.key === "Enter" && event.target === this.#field) this.#step(event.shiftKey ? -1 : 1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
}
