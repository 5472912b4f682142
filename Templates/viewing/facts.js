import { element } from "../shared/element.js"
import { base, get } from "../shared/http.js"
import { time } from "../shared/times.js"
import { viewOf } from "./view-of.js"

const PAUSE = 1_000
const VIEWS = { rendered: "As a page", table: "As a table", picture: "As a picture", hex: "Byte by byte" }

/// What there is to know about a text: where it is, how long, who changed it last, and what else can be done with it.
export class Facts {
  #project
  #file = null
  #timer = null
  #counted = null
  #values = {}
  #links = element("p", { class: "side-links" })
  element = element("dl", { class: "side-facts" })

  constructor(project) {
    this.#project = project
    for (const [name, label] of [["path", "Path"], ["lines", "Lines"], ["size", "Size"], ["change", "Last change"]]) {
      this.#values[name] = element("dd")
      this.element.append(element("div", {}, element("dt", {}, label), this.#values[name]))
    }
  }

  get links() {
    return this.#links
  }

  /// Shows another file, an `OpenFile`; null for none.
  show(file) {
    this.stop()
    this.#file = file
    this.#counted = null
    this.element.hidden = !file
    this.#links.replaceChildren()
    if (!file) return
    this.#values.change.textContent = "…"
    const view = viewOf({ path: file.path, document: true })
    const link = (path, words) => element("a", { href: base() + path }, words)
    this.#links.append(
      link(`/files/${file.id}/${view}`, VIEWS[view]), link(`/files/${file.id}/download`, "Download"),
      link(`/projects/${this.#project}/runs`, "What was run")
    )
    this.#draw()
  }

  /// The text may be another.
  changed() {
    if (!this.#file || this.#counted === this.#file.text) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#draw(), PAUSE)
  }

  stop() {
    clearTimeout(this.#timer)
  }

  async #draw() {
    const file = this.#file
    this.#counted = file.text
    this.#values.path.textContent = file.path
    this.#values.lines.textContent = file.text.lines.toLocaleString("en")
    this.#values.size.textContent = size(new TextEncoder().encode(file.text.toString()).length)
    let words
    try {
      words = change(await get(`/documents/${file.session.id}/updates/latest`))
    } catch {
      words = "not known now"
    }
    if (this.#file === file) this.#values.change.replaceChildren(...words)
  }
}

function change({ author, at }) {
  return author ? [`${author}, `, time(at)] : ["Made ", time(at)]
}

function size(bytes) {
  if (bytes < 1_000) return `${bytes} bytes`
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}
