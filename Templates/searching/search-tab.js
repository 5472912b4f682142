import { element } from "../shared/element.js"
import { holdTyping } from "../shared/held-typing.js"
import { later } from "../shared/later.js"
import { toast } from "../shared/toast.js"

const address = name => new URL(name, import.meta.url)
const loadPanel = later("The search", {
  files: [
    "./search-panel.js", "./search-query.js", "./search-results.js", "../editing/take-back.js", "../shared/walk-rows.js"
  ].map(address),
  style: address("./searching.css"),
  load: async () => (await import("./search-panel.js")).SearchPanel
})

/// The search's tab below the code. What is in it, a `SearchPanel`, is loaded when the page is in use.
export class SearchTab {
  #options
  #layout
  #tab
  #panel = null

  /// `tabs` are the `OutputTabs`; the other options are those of `SearchPanel`.
  constructor({ tabs, layout, ...options }) {
    this.#options = options
    this.#layout = layout
    this.#tab = tabs.add("Search", () => this.#enter())
    this.#tab.panel.classList.add("search-tab")
    this.#tab.panel.append(element("p", { class: "hint" }, "Loading…"))
  }

  /// Loads it, once.
  async load() {
    const SearchPanel = await loadPanel()
    if (this.#panel) return
    this.#panel = new SearchPanel(this.#tab.panel, this.#options)
    this.#panel.start()
  }

  /// Shows the search and goes into it. What is selected on the page is looked for.
  async show() {
    const words = String(getSelection()).split("\n")[0]
    this.#tab.show()
    this.#layout.show("console")
    await this.#enter(words)
  }

  // What is typed until it is there is for it.
  async #enter(words = "") {
    try {
      const typed = this.#panel ? "" : (await holdTyping(() => this.load()))[1]
      this.#panel.focus(words, typed)
    } catch (failure) {
      this.#tab.panel.replaceChildren(element("p", { class: "hint" }, "It could not be loaded."))
      toast(failure.message, { kind: "bad" })
    }
  }
}
