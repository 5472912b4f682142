import { element } from "./element.js"

const STEP = 16

/// A border between two panels that moves by pointer and by arrow keys, and is remembered in this browser. The size
/// goes into a custom property of `root`; double click (or Enter) gives the first size back.
export class Separator {
  #root
  #kept
  #property
  #vertical
  #isAfter
  #least
  #most
  #element
  // The size that was chosen; it stays so where a narrow window leaves no room for it.
  #wish
  #room = new ResizeObserver(() => this.#show())

  /// `measure()` gives the size now in pixels, `most()` the largest that leaves room for the rest; `kept` is a `Kept`.
  /// With `isAfter` a vertical border is that of what lies at its right.
  constructor(root, { kept, property, label, controls, vertical, isAfter = false, least, most, measure }) {
    this.#root = root
    this.#kept = kept
    this.#property = property
    this.#vertical = vertical
    this.#isAfter = isAfter
    this.#least = least
    this.#most = most
    this.measure = measure
    this.#element = element("div", {
      "class": "separator", "role": "separator", "tabindex": "0", "aria-label": label, "aria-controls": controls,
      "aria-orientation": vertical ? "vertical" : "horizontal", "aria-valuemin": least
    })
  }

  start() {
    this.#element.addEventListener("pointerdown", this.#grab)
    this.#element.addEventListener("keydown", this.#key)
    this.#element.addEventListener("dblclick", this.#reset)
    this.#root.append(this.#element)
    this.#wish = this.#kept.read(this.#property)
    this.#show()
    this.#room.observe(this.#root)
  }

  stop() {
    this.#room.disconnect()
    this.#element.remove()
  }

  #set(size) {
    this.#wish = this.#fitting(size)
    this.#kept.write(this.#property, this.#wish)
    this.#show()
  }

  #fitting(size) {
    return Math.round(Math.max(this.#least, Math.min(this.#most(), size)))
  }

  #show() {
    if (Number.isFinite(this.#wish)) this.#root.style.setProperty(this.#property, `${this.#fitting(this.#wish)}px`)
    else this.#root.style.removeProperty(this.#property)
    this.#element.setAttribute("aria-valuenow", Math.round(this.measure()))
    this.#element.setAttribute("aria-valuemax", Math.round(this.#most()))
  }

  #reset = () => {
    this.#wish = null
    this.#kept.write(this.#property, null)
    this.#show()
  }

  #grab = event => {
    event.preventDefault()
    const place = ({ clientX, clientY }) => !this.#vertical ? -clientY : this.#isAfter ? -clientX : clientX
    const [from, size] = [place(event), this.measure()]
    const move = event => this.#set(size + place(event) - from)
    const drop = () => {
      this.#element.removeEventListener("pointermove", move)
      delete this.#element.dataset.dragging
    }
    this.#element.dataset.dragging = ""
    this.#element.setPointerCapture(event.pointerId)
    this.#element.addEventListener("pointermove", move)
    this.#element.addEventListener("lostpointercapture", drop, { once: true })
  }

  #key = event => {
    const across = this.#isAfter ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"]
    const [more, less] = this.#vertical ? across : ["ArrowUp", "ArrowDown"]
    const sizes = {
      [more]: () => this.#set(this.measure() + STEP),
      [less]: () => this.#set(this.measure() - STEP),
      Home: () => this.#set(this.#least),
      End: () => this.#set(this.#most()),
      Enter: this.#reset
    }
    if (!sizes[event.key]) return
    event.preventDefault()
    sizes[event.key]()
  }
}
