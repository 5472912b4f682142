import { element } from "../shared/element.js"
import { holdTyping } from "../shared/held-typing.js"
import { later } from "../shared/later.js"
import { toast } from "../shared/toast.js"
import { LENS, tool } from "../shared/tool.js"

const address = name => new URL(name, import.meta.url)
const loadPanel = later("The search", {
  files: ["./search-panel.js", "./search-query.js", "./search-results.js"].map(address),
  style: address("./searching.css"),
  load: async () => (await import("./search-panel.js")).SearchPanel
})

/// Shows the search in the place of the files, and the files again. The search is loaded when it is first asked for,
/// and is a `SearchPanel` within `host`, with these options.
export class SearchSide {
  #panel = null
  #options
  #host
  #tree
  #button

  constructor(head, tree, host, options) {
    this.#options = options
    this.#host = host
    this.#tree = tree
    this.#button = tool("Search in files", LENS, () => this.toggle(), "Ctrl+Shift+F")
    head.append(element("div", { class: "panel-tools" }, this.#button))
  }

  start() {
    this.#turn(false)
  }

  stop() {
    this.#panel?.stop()
    this.#button.parentElement.remove()
  }

  /// Shows the search, or the files.
  async toggle(isSearch = this.#host.hidden) {
    const words = String(getSelection()).split("\n")[0]
    let typed = ""
    try {
      if (isSearch && !this.#panel) [, typed] = await holdTyping(() => this.#load())
    } catch (failure) {
      return toast(failure.message, { kind: "bad" })
    }
    this.#turn(isSearch)
    if (isSearch) this.#panel.focus(words, typed)
  }

  async #load() {
    const SearchPanel = await loadPanel()
    if (this.#panel) return
    this.#panel = new SearchPanel(this.#host, this.#options)
    this.#panel.start()
  }

  #turn(isSearch) {
    this.#host.hidden = !isSearch
    this.#tree.hidden = isSearch
    this.#button.setAttribute("aria-pressed", String(isSearch))
  }
}
