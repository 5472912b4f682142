import { element } from "./element.js"

/// The panels of a page as places to go: F6 and Shift-F6 go round them; on a phone a bar shows one at a time.
export class Panes {
  #work
  #panes
  #bar

  /// `panes` is a list of `{ name, label, focus() }` in the order of the bar; `more` is a menu for its end, or null.
  constructor(work, panes, more) {
    this.#work = work
    this.#panes = panes
    this.#bar = element("nav", { class: "phone-bar", "aria-label": "Panels" }, ...panes.map(pane => (
      element("button", { type: "button", "data-pane": pane.name, click: () => this.go(pane.name) }, pane.label)
    )))
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
    const index = this.#panes.findIndex(pane => pane.name === here)
    const step = event.shiftKey ? this.#panes.length - 1 : 1
    this.go(this.#panes[(index + step) % this.#panes.length].name)
  }
}
