import { element } from "../shared/element.js"
import { later } from "../shared/later.js"
import { toast } from "../shared/toast.js"

const MODULES = [
  "problems-desk", "problems-panel", "problems", "problem-marks", "problem-spans", "problem-walk", "checker", "drift"
]
const address = name => new URL(`../editing/${name}`, import.meta.url)

/// The place of the problems on the workbench: a tab and a count, whose contents are loaded when the page is in use.
export class LateProblems {
  #parts
  #places
  #layout
  #tab = null
  #count = element("button", { class: "problems-count", type: "button", hidden: true, click: () => this.show() })
  #foot = document.getElementById("workspace")
  #loaded
  #desk = null
  #load

  /// `parts` are the workbench's; `places` is the walk through what the console names. `loaded(desk)` is told when
  /// they are there. Who may not run anything has
  /// nothing that finds problems.
  constructor({ layout, places, loaded, ...parts }) {
    this.#loaded = loaded
    this.#parts = parts
    this.#places = places
    this.#layout = layout
    this.#load = later("The problems", {
      files: MODULES.map(name => address(`${name}.js`)), style: address("problems.css"), load: () => this.#begin()
    })
    if (!parts.boot.may.run) return
    this.#tab = parts.tabs.add("Problems", () => this.#withDesk(desk => desk.focus()))
    this.#tab.panel.append(element("p", { class: "hint" }, "Loading…"))
    document.querySelector(".bar-actions").prepend(this.#count)
  }

  /// Loads them, once. Gives the `ProblemsDesk`, whose `problems` are all that is known; null for who may not run.
  load() {
    return this.#tab ? this.#load() : null
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
    await this.#withDesk(desk => desk.focus())
  }

  /// Looks for problems in the file where the reader works, and shows the list.
  async check() {
    this.#tab.show()
    this.#layout.show("console")
    await this.#withDesk(desk => desk.check())
  }

  /// Looks for problems in the file where the reader works, who has saved it.
  async checkSaved() {
    if (this.#tab) await this.#withDesk(desk => desk.checkSaved())
  }

  async #withDesk(act) {
    let desk
    try {
      desk = await this.load()
    } catch (failure) {
      return toast(failure.message, { kind: "bad" })
    }
    await act(desk)
  }

  async #begin() {
    const { ProblemsDesk } = await import("../editing/problems-desk.js")
    const { boot, editor, files, screen, workspace } = this.#parts
    const desk = new ProblemsDesk({
      editor, files, tab: this.#tab, count: this.#count, project: boot.project.id, endings: boot.checks,
      showCode: () => this.#layout.show("code"),
      hasWorkspace: () => ["idle", "in-use"].includes(this.#foot.dataset.kind),
      noticed: () => workspace.notice()
    })
    desk.start()
    screen.addEventListener("state", () => {
      if (!screen.isLive) desk.checkSoon()
    })
    files.addEventListener("change", () => desk.filesChanged())
    this.#desk = desk
    this.#loaded(desk)
    return desk
  }
}
