import { element } from "../shared/element.js"
import { PlainText } from "./plain-text.js"

const LINES = 500

// Readers are slower than programs: the text follows at most so often, in milliseconds, and leaves out what is scrolled
// away at once, which is what is before so many characters.
const PAUSE = 200
const LONGEST = 32_768

/// A terminal's lines as plain text, for readers that can't see a terminal. Fires "change" when there are other ones.
export class PlainOutput extends EventTarget {
  #plain = new PlainText()
  #unread = ""
  #timer = null
  element = element("div", { class: "log-text" })

  stop() {
    clearTimeout(this.#timer)
  }

  /// Another output begins.
  reset() {
    this.#plain = new PlainText()
    this.clear()
  }

  /// Leaves out what was printed until now.
  clear() {
    this.#unread = ""
    this.element.replaceChildren()
  }

  push(text) {
    this.#unread = (this.#unread + text).slice(-LONGEST)
    if (this.#timer !== null) return
    this.#show()
    this.#timer = setTimeout(() => {
      this.#timer = null
      if (this.#unread) this.push("")
    }, PAUSE)
  }

  #show() {
    const { lines, line } = this.#plain.push(this.#unread)
    this.#unread = ""
    this.dispatchEvent(new Event("change"))
    const open = this.element.lastElementChild ?? this.element.appendChild(element("div"))
    const [first, ...rest] = [...lines, line]
    if (open.textContent !== first) open.textContent = first
    for (const next of rest.slice(-LINES)) this.element.append(element("div", {}, next))
    while (this.element.childElementCount > LINES) this.element.firstElementChild.remove()
  }
}
