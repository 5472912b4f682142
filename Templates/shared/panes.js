import { element } from "./element.js"

/// The panels of a page as places to go: F6 and Shift-F6 go round them; on a phone a bar shows one at a time.
export class Panes {
  #work
  #panes
  #bar

  /// `panes` is a list of `{ name, label, focus() }` in the order of the bar; one without a label is not in it, and one
  /// with `isThere()` may be missing. `more` is a menu for the bar's end, or null.
  constructor(work, panes, more) {
    this.#work = work
    this.#panes = panes
    const buttons = panes.filter(({ label }) => label).map(({ name, label }) => (
      element("button", { type: "button", "data-pane": name, click: () => this.go(name) }, label)
    ))
    this.#bar = element("nav", { class: "phone-bar", "aria-label": "Panels" }, ...buttons)
    if (more) this.#bar.append(more)
  }

  start(first) {
    this.#work.after(this.#bar)
    this.show(first)
    addEventListener("keydown", this.#key)
  }

  stop() {
    removeEventListener("keydown", this.#key)
    this.#bar.remove()
  }

  /// Shows a pane where only one fits.
  show(name) {
    this.#work.dataset.pane = name
    for (const button of this.#bar.querySelectorAll("button[data-pane]")) {
      button.setAttribute("aria-pressed", String(button.dataset.pane === name))
    }
  }

  /// Shows a pane and puts the focus into it.
  go(name) {
    this.show(name)
    this.#panes.find(pane => pane.name === name)?.focus()
  }

  #key = event => {
    if (event.key !== "F6" || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    const here = document.activeElement?.closest("section[data-pane]")?.dataset.pane
    const panes = this.#panes.filter(pane => pane.isThere?.() ?? true)
    const index = panes.findIndex(pane => pane.name === here)
    const step = event.shiftKey ? panes.length - 1 : 1
    this.go(panes[(index + step) % panes.length].name)
  }
}
