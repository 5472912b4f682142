import { element } from "./element.js"

const STEP = 16

/// A border between two panels that moves by pointer and by arrow keys, and is remembered in this browser. The size
/// goes into a custom property of `root`; double click (or Enter) gives the first size back.
export class Separator {
  #root
  #property
  #vertical
  #least
  #most
  #element

  /// `measure()` gives the size now in pixels, `most()` the largest that leaves room for the rest.
  constructor(root, { property, label, controls, vertical, least, most, measure }) {
    this.#root = root
    this.#property = property
    this.#vertical = vertical
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
    const kept = Number(read(this.#property))
    if (kept) this.#set(kept)
    else this.#say()
  }

  stop() {
    this.#element.remove()
  }

  #set(size) {
    const fitting = Math.round(Math.max(this.#least, Math.min(this.#most(), size)))
    this.#root.style.setProperty(this.#property, `${fitting}px`)
    write(this.#property, fitting)
    this.#say()
  }

  #say() {
    this.#element.setAttribute("aria-valuenow", Math.round(this.measure()))
    this.#element.setAttribute("aria-valuemax", Math.round(this.#most()))
  }

  #reset = () => {
    this.#root.style.removeProperty(this.#property)
    write(this.#property, null)
    this.#say()
  }

  #grab = event => {
    event.preventDefault()
    const from = this.#vertical ? event.clientX : -event.clientY
    const size = this.measure()
    const move = ({ clientX, clientY }) => this.#set(size + (this.#vertical ? clientX : -clientY) - from)
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
    const more = this.#vertical ? "ArrowRight" : "ArrowUp"
    const less = this.#vertical ? "ArrowLeft" : "ArrowDown"
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

function read(name) {
  try {
    return localStorage.getItem(`carrel${name}`)
  } catch {
    return null
  }
}

function write(name, value) {
  try {
    if (value === null) localStorage.removeItem(`carrel${name}`)
    else localStorage.setItem(`carrel${name}`, value)
  } catch {
    // A browser that keeps nothing forgets the size too.
  }
}
