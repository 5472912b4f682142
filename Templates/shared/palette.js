import { element } from "./element.js"

const PAGE = 8

/// Has somebody choose from what fits the text they type, by the ARIA pattern of a combobox with a list: arrows, Page
/// Up and Page Down choose, Enter takes, Escape leaves. `find(text)` gives the list: each `name` with the `places` that
/// fit, a `detail` beside it, a `key` that does the same, and `act`, which is done when the palette is closed and the
/// focus is back where it was. `empty(text)` says why there is nothing.
export class Palette {
  #find
  #empty
  #entries = []
  #chosen = 0
  #before = null
  #input
  #list
  #note
  #dialog

  constructor({ label, placeholder, hint, find, empty }) {
    this.#find = find
    this.#empty = empty
    this.#input = element("input", {
      "class": "palette-input", "type": "text", "role": "combobox", "aria-label": label, placeholder,
      "aria-controls": "palette-list", "aria-autocomplete": "list", "aria-expanded": "true",
      "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "enterkeyhint": "go",
      "input": () => this.search(), "keydown": event => this.#pressed(event)
    })
    this.#list = element("ul", { class: "palette-list", role: "listbox", id: "palette-list", "aria-label": label })
    this.#note = element("p", { class: "palette-note", role: "status" })
    this.#dialog = element("dialog", { class: "palette", "aria-label": label },
      this.#input, this.#list, this.#note, element("p", { class: "palette-hint" }, hint))
    // The field keeps the focus while the mouse chooses.
    this.#list.addEventListener("mousedown", event => event.preventDefault())
    this.#list.addEventListener("click", event => {
      const row = event.target.closest("[role=option]")
      if (row) this.#leave(this.#entries[[...this.#list.children].indexOf(row)])
    })
    this.#dialog.addEventListener("click", event => {
      if (event.target === this.#dialog) this.#leave()
    })
    this.#dialog.addEventListener("cancel", event => {
      event.preventDefault()
      this.#leave()
    })
  }

  /// Opens it with this text to begin with.
  open(text) {
    this.#before = document.activeElement
    this.#input.value = text
    document.body.append(this.#dialog)
    this.#dialog.showModal()
    this.#input.focus()
    this.search()
  }

  // At once, not when the browser tells of it: then the next one may be open already.
  #leave(entry = null) {
    this.#dialog.close()
    this.#dialog.remove()
    if (this.#before?.isConnected) this.#before.focus()
    entry?.act()
  }

  /// Looks again for what fits the text, when there may be more now.
  search() {
    if (!this.#dialog.open) return
    const text = this.#input.value
    this.#entries = this.#find(text)
    const isEmpty = this.#entries.length === 0
    this.#list.replaceChildren(...this.#entries.map(drawn))
    this.#list.hidden = isEmpty
    this.#list.scrollTop = 0
    this.#input.setAttribute("aria-expanded", String(!isEmpty))
    this.#note.textContent = isEmpty ? this.#empty(text) : ""
    this.#choose(0)
  }

  #choose(place) {
    this.#list.children[this.#chosen]?.setAttribute("aria-selected", "false")
    this.#chosen = place
    const row = this.#list.children[place]
    row?.setAttribute("aria-selected", "true")
    row?.scrollIntoView({ block: "nearest" })
    if (row) this.#input.setAttribute("aria-activedescendant", row.id)
    else this.#input.removeAttribute("aria-activedescendant")
  }

  #pressed(event) {
    const count = this.#entries.length
    const keep = place => Math.min(Math.max(place, 0), count - 1)
    const next = {
      ArrowDown: (this.#chosen + 1) % count, ArrowUp: (this.#chosen + count - 1) % count,
      PageDown: keep(this.#chosen + PAGE), PageUp: keep(this.#chosen - PAGE)
    }[event.key]
    if (event.isComposing) return
    if (event.key === "Enter" && count) this.#leave(this.#entries[this.#chosen])
    else if (next !== undefined && count) this.#choose(next)
    else return
    event.preventDefault()
  }
}

function drawn({ name, places = [], detail, key }, index) {
  const row = element("li", {
    "role": "option", "id": `palette-${index}`, "aria-selected": "false", "class": "palette-row"
  })
  row.append(element("span", { class: "palette-name" }, ...marked(name, places)))
  if (detail) row.append(" ", element("span", { class: "palette-detail" }, ...[detail].flat()))
  if (key) row.append(" ", element("kbd", {}, key))
  return row
}

/// The text, with the letters at these places marked.
export function marked(text, places) {
  const pieces = []
  let from = 0
  for (let index = 0; index < places.length; index++) {
    const start = places[index]
    while (places[index + 1] === places[index] + 1) index++
    const end = places[index] + 1
    pieces.push(text.slice(from, start), element("mark", {}, text.slice(start, end)))
    from = end
  }
  return [...pieces, text.slice(from)]
}
