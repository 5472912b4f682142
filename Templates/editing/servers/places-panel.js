import { element } from "../../shared/element.js"
import { walkRows } from "../../shared/walk-rows.js"

/// The places that a server found for a name, by file. Arrow keys go through them, Enter and a press go to one.
export class PlacesPanel {
  #tab
  #open
  #words = element("p", { class: "problems-state", role: "status" })
  #list = element("div", { class: "problems-list" })

  /// `tab` is one of `OutputTabs.add`; `open(place)` goes to a place of the project.
  constructor(tab, open) {
    this.#tab = tab
    this.#open = open
    const head = element("div", { class: "problems-head" }, this.#words)
    tab.panel.append(element("div", { class: "problems" }, head, element("div", {}), this.#list))
    this.#list.addEventListener("keydown", this.#pressed)
  }

  /// Shows places, which `words` are about.
  show(words, places) {
    this.#words.textContent = words
    const paths = [...new Set(places.map(({ path, outside }) => path ?? outside))]
    this.#list.replaceChildren(...paths.map(path => (
      this.#group(path, places.filter(place => (place.path ?? place.outside) === path))
    )))
    const [first] = this.#rows
    if (first) first.tabIndex = 0
    this.#tab.count(places.length)
    this.#tab.show()
    this.focus()
  }

  focus() {
    this.#rows.find(row => row.tabIndex === 0)?.focus()
  }

  get #rows() {
    return [...this.#list.querySelectorAll(".problem")]
  }

  #group(path, places) {
    const head = element("p", { class: "server-file" }, path, " ", element("span", { class: "badge" }, places.length))
    const list = element("ul", {}, ...places.map(place => element("li", {}, this.#row(place))))
    return element("section", { "aria-label": path }, head, list)
  }

  #row(place) {
    const line = element("span", { class: "problem-place" }, `Line ${place.line}:${place.column + 1}`)
    if (!place.path) return element("p", { class: "hint" }, line, " outside of the project")
    const { text, column, length } = place
    return element(
      "button", { class: "problem", type: "button", tabindex: "-1", click: () => this.#open(place) }, line,
      element("code", { class: "problem-message" }, text.slice(0, column).trimStart(),
        element("mark", {}, text.slice(column, column + length)), text.slice(column + length))
    )
  }

  #pressed = event => walkRows(event, this.#rows)
}
