import { drawing, element } from "../shared/element.js"
import { iconOf, kindOf } from "./file-icons.js"

const TWIST = "M6 4l4 4-4 4"
const BEYOND = 10 // rows that are drawn above and below those that are seen

/// Draws those rows of a tree that are seen, and the one with the focus wherever it is: a list of thousands costs what
/// a screenful costs.
export class TreeRows {
  #host
  #tree
  #rows = []
  #places = new Map()
  #look
  #focused
  #drawn = new Map()
  #frame = null
  #sizes = new ResizeObserver(() => this.#later())

  /// `host` scrolls, `tree` is in it. `look(row)` says how a row is shown, `{ isChosen, isCurrent, isCut }`, and
  /// `focused()` the path of the row with the focus.
  constructor(host, tree, { look, focused }) {
    this.#host = host
    this.#tree = tree
    this.#look = look
    this.#focused = focused
  }

  start() {
    this.#host.addEventListener("scroll", this.#later, { passive: true })
    this.#sizes.observe(this.#host)
  }

  stop() {
    this.#sizes.disconnect()
    this.#host.removeEventListener("scroll", this.#later)
  }

  /// The rows as in `rowsOf`, in order.
  get all() {
    return this.#rows
  }

  set all(rows) {
    this.#rows = rows
    this.#places = new Map(rows.map((row, place) => [row.path, place]))
    this.#tree.style.setProperty("--rows", rows.length)
  }

  at(path) {
    return this.#rows[this.#places.get(path)]
  }

  placeOf(path) {
    return this.#places.get(path) ?? -1
  }

  /// The element of a row; undefined when it is not drawn.
  elementOf(path) {
    return this.#drawn.get(path)
  }

  /// Scrolls until a row is seen, and draws.
  reveal(path) {
    const place = this.placeOf(path)
    if (place >= 0) {
      const [height, above] = [this.#height, this.#tree.offsetTop]
      const [top, { scrollTop, clientHeight }] = [above + place * height, this.#host]
      if (top < scrollTop + above) this.#host.scrollTop = top - above
      else if (top + height > scrollTop + clientHeight) this.#host.scrollTop = top + height - clientHeight
    }
    this.draw()
  }

  draw() {
    const height = this.#height
    const top = this.#host.scrollTop - this.#tree.offsetTop
    const first = Math.max(0, Math.floor(top / height) - BEYOND)
    const seen = this.#rows.slice(first, Math.max(0, Math.ceil((top + this.#host.clientHeight) / height)) + BEYOND)
    const focus = this.at(this.#focused())
    const rows = !focus || seen.includes(focus) ? seen
      : this.placeOf(focus.path) < first ? [focus, ...seen] : [...seen, focus]
    const wanted = new Set(rows.map(row => row.path))
    for (const [path, made] of this.#drawn) {
      if (wanted.has(path)) continue
      made.remove()
      this.#drawn.delete(path)
    }
    rows.forEach((row, index) => {
      const made = this.#drawRow(row, row === focus)
      const there = this.#tree.children[index]
      if (there !== made) this.#tree.insertBefore(made, there ?? null)
    })
  }

  get #height() {
    return parseFloat(getComputedStyle(this.#tree).getPropertyValue("--tree-row")) || 26
  }

  #later = () => {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null
      this.draw()
    })
  }

  #drawRow(row, hasFocus) {
    const { isChosen, isCurrent, isCut } = this.#look(row)
    const made = this.#drawn.get(row.path) ?? this.#make(row)
    const kind = kindOf(row)
    if (made.dataset.drawing !== kind.path) {
      made.dataset.drawing = kind.path
      made.querySelector(".file-mark").replaceWith(iconOf(kind))
    }
    const attributes = {
      "aria-level": row.level, "aria-posinset": row.position, "aria-setsize": row.size,
      "aria-expanded": row.kind === "folder" ? row.open : null, "aria-selected": isChosen,
      "aria-current": isCurrent ? "page" : null, "tabindex": hasFocus ? 0 : -1,
      "title": row.isEmpty ? `${row.path}, a folder without files` : `${row.path}, ${kind.words}`
    }
    for (const [name, value] of Object.entries(attributes)) {
      if (value === null) made.removeAttribute(name)
      else if (made.getAttribute(name) !== String(value)) made.setAttribute(name, value)
    }
    made.classList.toggle("is-cut", isCut)
    made.classList.toggle("is-empty", row.isEmpty === true)
    made.style.setProperty("--row", this.placeOf(row.path))
    made.style.setProperty("--level", row.level)
    return made
  }

  #make(row) {
    const made = element("div", { "class": "tree-row", "role": "treeitem", "draggable": "true", "data-path": row.path })
    made.append(
      row.kind === "folder" ? drawing(TWIST, "tree-twist") : element("span", { class: "tree-twist" }),
      drawing("", "file-mark"), element("span", { class: "tree-name" }, row.name)
    )
    this.#drawn.set(row.path, made)
    return made
  }
}
