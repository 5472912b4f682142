import { copy } from "../shared/clipboard.js"
import { drawing, element } from "../shared/element.js"
import { base } from "../shared/http.js"
import { toast } from "../shared/toast.js"
import { COPY, DOWNLOAD, ERASE, LENS, tool } from "../shared/tool.js"

/// What can be done with the output that is shown: search it, copy it, keep it as a file, clear the view of it.
export class OutputTools {
  #search
  #screen = null
  #buttons
  #download = element(
    "a", {
      "class": "tool", "role": "link", "download": true, "aria-label": "Download the output",
      "title": "Download the output"
    }, drawing(DOWNLOAD)
  )

  /// For the panel's head.
  element

  constructor(search) {
    this.#search = search
    this.#buttons = [
      tool("Search the output", LENS, () => search.open(this.#screen), "Ctrl+F"),
      tool("Copy the whole output", COPY, () => this.#copy()),
      tool("Clear the view (the output is kept)", ERASE, () => this.#clear())
    ]
    const [lens, sheets, eraser] = this.#buttons
    this.element = element("div", { class: "panel-tools output-tools" }, lens, sheets, this.#download, eraser)
  }

  /// From now on the tools are about this screen.
  show(screen) {
    this.#screen?.removeEventListener("update", this.#update)
    this.#screen = screen
    screen.addEventListener("update", this.#update)
    this.#update()
  }

  #update = () => {
    const { run, isLive } = this.#screen
    for (const button of this.#buttons) button.disabled = run === null
    // What a terminal printed is kept as long as it is open.
    const isKept = run !== null && (isLive || !run.isTerminal)
    if (isKept) this.#download.href = `${base()}/runs/${run.id}/output.txt`
    else this.#download.removeAttribute("href")
    this.#download.setAttribute("aria-disabled", String(!isKept))
  }

  async #copy() {
    try {
      const text = await this.#screen.text()
      await copy(text)
      const lines = text.trimEnd() ? text.trimEnd().split("\n").length : 0
      toast(lines === 1 ? "Copied 1 line." : `Copied ${lines} lines.`)
    } catch {
      toast("The output could not be copied. You can download it.", { kind: "bad" })
    }
  }

  #clear() {
    const screen = this.#screen
    this.#search.close(false)
    screen.clear()
    toast("Cleared the view. The output is kept.", {
      action: { label: "Show it again", act: () => screen.show(screen.run) }
    })
  }
}
