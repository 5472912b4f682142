import { element } from "../shared/element.js"

/// The place of the problems on the workbench: a tab and a count, whose contents are loaded when the page is in use.
export class LateProblems {
  #parts
  #places
  #layout
  #tab = null
  #count = element("button", { class: "problems-count", type: "button", hidden: true, click: () => this.show() })
  #desk = null
  #loading = null

  /// `parts` are the workbench's; `places` is the walk through what the console names. Who may not run anything has
  /// nothing that finds problems.
  constructor({ layout, places, ...parts }) {
    this.#parts = parts
    this.#places = places
    this.#layout = layout
    if (!parts.boot.may.run) return
    this.#tab = parts.tabs.add("Problems", () => this.#desk?.focus())
    document.querySelector(".bar-actions").prepend(this.#count)
  }

  /// Loads them, once. Gives the `ProblemsDesk`, whose `problems` are all that is known; null for who may not run.
  load() {
    if (this.#tab) this.#loading ??= this.#load()
    return this.#loading
  }

  /// Goes to the next place, or with -1 to the one before, of what the reader looks at: the problems while their list
  /// is shown, else what the console names; of the other when the one has none. False when neither has.
  step(by) {
    const problems = () => this.#desk?.step(by) ?? false
    const places = () => this.#places.step(by)
    return this.#tab?.isShown ? problems() || places() : places() || problems()
  }

  /// Shows the list and goes into it.
  async show() {
    this.#tab.show()
    this.#layout.show("console")
    const desk = await this.load()
    desk.focus()
  }

  async #load() {
    const { ProblemsDesk } = await import("../editing/problems-desk.js")
    const { editor, files } = this.#parts
    const desk = new ProblemsDesk({ editor, files, tab: this.#tab, count: this.#count })
    await desk.start()
    this.#desk = desk
    return desk
  }
}
