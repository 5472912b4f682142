import { element } from "../shared/element.js"
import { Separator } from "../shared/separator.js"
import { CROSS, tool } from "../shared/tool.js"
import { Facts } from "./facts.js"
import { Preview } from "./preview.js"

/// The panel at the right of the workbench: what becomes of the file where the reader works, as it is typed, and what
/// there is to know about it.
export class SidePanel {
  #work
  #editor
  #preview = new Preview()
  #facts
  #separator
  #heading = element("h2", {}, "Beside the file")
  #none = element("p", { class: "hint side-none" }, "Open a text file to see here what there is to know about it.")
  #element
  #file = null
  #path = null

  /// `close()` takes the panel away.
  constructor(work, { editor, project, kept, close }) {
    this.#work = work
    this.#editor = editor
    this.#facts = new Facts(project)
    const head = element(
      "header", { class: "panel-head" }, this.#heading, element("div", { class: "panel-tools" },
        tool("Close", CROSS, close, "Ctrl+Alt+B"))
    )
    const about = element(
      "section", { "class": "side-about", "aria-label": "About this file" }, this.#none, this.#facts.element,
      this.#facts.links
    )
    this.#element = element("section", {
      "class": "panel side", "id": "side", "aria-label": "Beside the file", "data-pane": "side", "tabindex": "-1"
    }, head, this.#preview.element, about)
    this.#separator = new Separator(work, {
      kept, property: "--side-width", label: "Width of the side panel", controls: "side", vertical: true,
      isAfter: true, least: 200, most: () => work.clientWidth * 0.5, measure: () => this.#element.offsetWidth
    })
  }

  start() {
    this.#work.append(this.#element)
    this.#separator.start()
    this.#editor.addEventListener("show", this.#show)
    this.#editor.addEventListener("state", this.#changed)
    this.#show()
  }

  stop() {
    this.#editor.removeEventListener("show", this.#show)
    this.#editor.removeEventListener("state", this.#changed)
    this.#preview.stop()
    this.#facts.stop()
    this.#separator.stop()
    this.#element.remove()
  }

  get hasFocus() {
    return this.#element.contains(document.activeElement)
  }

  focus() {
    this.#element.focus()
  }

  #show = () => {
    const file = this.#editor.current
    if (file === this.#file && file?.path === this.#path) return
    this.#file = file
    this.#path = file?.path
    const hasPreview = file !== null && Preview.isFor(file.path)
    this.#preview.element.hidden = !hasPreview
    this.#none.hidden = file !== null
    this.#heading.textContent = hasPreview ? `Preview of ${file.path.split("/").at(-1)}` : "Beside the file"
    this.#preview.show(hasPreview ? file : null)
    this.#facts.show(file)
  }

  #changed = () => {
    this.#show()
    this.#preview.changed()
    this.#facts.changed()
  }
}
