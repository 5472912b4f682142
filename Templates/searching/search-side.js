import { element } from "../shared/element.js"
import { LENS, tool } from "../shared/tool.js"

/// Shows the search in the place of the files, and the files again. `panel` is a `SearchPanel` within `host`.
export class SearchSide {
  #panel
  #host
  #tree
  #button

  constructor(head, tree, host, panel) {
    this.#panel = panel
    this.#host = host
    this.#tree = tree
    this.#button = tool("Search in files", LENS, () => this.toggle(), "Ctrl+Shift+F")
    head.append(element("div", { class: "panel-tools" }, this.#button))
  }

  start() {
    this.#panel.start()
    this.toggle(false)
  }

  stop() {
    this.#panel.stop()
    this.#button.parentElement.remove()
  }

  /// Shows the search, or the files.
  toggle(isSearch = this.#host.hidden) {
    this.#host.hidden = !isSearch
    this.#tree.hidden = isSearch
    this.#button.setAttribute("aria-pressed", String(isSearch))
    if (isSearch) this.#panel.focus(String(getSelection()).split("\n")[0])
  }
}
