import { element } from "../shared/element.js"
import { base } from "../shared/http.js"
import { viewOf } from "./view-of.js"

const PAUSE = 300
// What of the page of a view is shown beside the source.
const PARTS = { rendered: "article.rendered", table: ".view-scroll" }
const LONGEST_DRAWING = 1_000_000

/// What becomes of a text: Markdown as a page, separated values as a table, SVG as a picture. The site draws it, so
/// that it is the same here as everywhere; only SVG is drawn here, as a picture in which nothing can run.
export class Preview {
  #file = null
  #kind = null
  #drawn = null
  #timer = null
  #isAsking = false
  element = element("div", { "class": "side-preview", "tabindex": "0", "role": "region", "aria-label": "Preview" })

  /// Whether there is anything to show of a file of this name.
  static isFor(path) {
    return viewOf({ path, document: true }) !== "hex"
  }

  /// Shows another file, an `OpenFile`; null for none.
  show(file) {
    clearTimeout(this.#timer)
    this.#file = file
    this.#kind = file && viewOf({ path: file.path, document: true })
    this.#drawn = null
    this.element.replaceChildren()
    this.element.scrollTop = 0
    if (file) this.#draw()
  }

  /// The text may be another: draws it again after a pause.
  changed() {
    if (!this.#file || this.#drawn === this.#text) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#draw(), PAUSE)
  }

  stop() {
    clearTimeout(this.#timer)
    this.#file = null
  }

  // What the site draws is what it has; a drawing is made of what stands in the editor.
  get #text() {
    return this.#kind === "picture" ? this.#file.text : this.#file.session.confirmed
  }

  #draw() {
    if (this.#kind === "picture") this.#drawPicture()
    else this.#ask()
  }

  #drawPicture() {
    this.#drawn = this.#text
    const text = this.#text.toString()
    if (text.length > LONGEST_DRAWING) return this.#say("This drawing is too long to be shown as it is typed.")
    const picture = element("img", { class: "media", alt: this.#file.path })
    const file = this.#file
    picture.addEventListener("load", () => {
      if (this.#file === file) this.element.replaceChildren(picture)
    })
    picture.addEventListener("error", () => {
      if (this.#file === file) this.#say("This is no drawing that can be shown.")
    })
    picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`
  }

  // One question at a time; what was typed meanwhile is asked for when the answer is there.
  async #ask() {
    if (this.#isAsking) return
    this.#isAsking = true
    const [file, text] = [this.#file, this.#text]
    const answer = await pageOf(file.id, this.#kind)
    this.#isAsking = false
    if (this.#file !== file) return this.#file && this.#draw()
    this.#drawn = text
    if (answer.words) this.#say(answer.words)
    else this.#put(answer.page)
    this.changed()
  }

  #put(page) {
    const part = page.querySelector(PARTS[this.#kind])
    if (!part) return this.#say("There is nothing to show.")
    const pager = page.querySelector(".pager")
    for (const link of part.querySelectorAll("a[href]")) {
      // The work stays where it is when somebody follows a link out of it.
      if (link.origin !== location.origin) Object.assign(link, { target: "_blank", rel: "noopener noreferrer" })
    }
    const more = pager && element("p", { class: "hint" }, "These are the first rows. ", element(
      "a", { href: `${base()}/files/${this.#file.id}/table` }, "All of them"
    ))
    this.element.replaceChildren(...[more, document.adoptNode(part)].filter(Boolean))
  }

  #say(words) {
    this.element.replaceChildren(element("p", { class: "hint" }, words))
  }
}

async function pageOf(id, kind) {
  try {
    const answer = await fetch(`${base()}/files/${id}/${kind}`, {
      credentials: "same-origin", cache: "no-store", headers: { Accept: "text/html" }
    })
    if (answer.status === 422) return { words: "A text that is this long is not drawn. It can be edited." }
    if (!answer.ok) return { words: "The site does not show this file now." }
    return { page: new DOMParser().parseFromString(await answer.text(), "text/html") }
  } catch {
    return { words: "The site doesn’t answer. This is tried again with the next change." }
  }
}
