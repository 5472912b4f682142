import { element } from "../shared/element.js"
import { CROSS, tool } from "../shared/tool.js"
import { PreferencesForm } from "./form.js"

/// Opens the preferences over the page that the reader is on, so that they see what they change. The form is the one of
/// the preferences' own page, which the link leads to when it can't be had.
export class PreferencesDialog {
  #isOpening = false

  start() {
    document.addEventListener("click", this.#clicked)
  }

  stop() {
    document.removeEventListener("click", this.#clicked)
  }

  /// Opens the dialog. `href` is where the preferences' own page is.
  async open(href) {
    if (this.#isOpening || document.querySelector(".preferences-dialog")) return
    this.#isOpening = true
    try {
      this.#show(await this.#fetch(href))
    } catch {
      location.assign(href)
    } finally {
      this.#isOpening = false
    }
  }

  async #fetch(href) {
    const answer = await fetch(href, { credentials: "same-origin", headers: { Accept: "text/html" } })
    const page = new DOMParser().parseFromString(await answer.text(), "text/html")
    return document.importNode(page.getElementById("preferences"), true)
  }

  #show(form) {
    const before = document.activeElement
    const heading = element("h2", { id: "preferences-title" }, "Preferences")
    const close = tool("Close preferences", CROSS, () => dialog.close())
    const head = element("div", { class: "dialog-head" }, heading, close)
    const dialog = element("dialog", {
      "class": "dialog preferences-dialog", "aria-labelledby": heading.id
    }, head, form)
    const behaviour = new PreferencesForm(form)
    behaviour.start()
    dialog.addEventListener("close", () => {
      behaviour.stop()
      dialog.remove()
      before?.focus()
    })
    document.body.append(dialog)
    dialog.showModal()
  }

  #clicked = event => {
    const link = event.target.closest("a[data-preferences]")
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    const menu = link.closest("details.menu")
    if (menu) menu.open = false
    this.open(link.href)
  }
}
