import { post } from "../shared/http.js"
import { applyPreferences } from "../shared/preferences.js"

/// The form of preferences: what is changed holds at once, on this page and on others that are open, and is saved.
export class PreferencesForm {
  #form
  #status
  #saving = Promise.resolve()

  constructor(form) {
    this.#form = form
    this.#status = form.querySelector("[role=status]")
  }

  start() {
    this.#form.addEventListener("change", this.#changed)
    this.#form.addEventListener("submit", this.#submitted)
    this.#form.querySelector("button[type=submit]").hidden = true
    this.#status.textContent = "What you change is saved at once."
  }

  stop() {
    this.#form.removeEventListener("change", this.#changed)
    this.#form.removeEventListener("submit", this.#submitted)
  }

  #submitted = event => {
    event.preventDefault()
    this.#changed()
  }

  // One after the other, so that what is saved last is what was chosen last.
  #changed = () => {
    const values = valuesOf(this.#form)
    applyPreferences(values)
    this.#status.className = "hint"
    this.#status.textContent = "Saving…"
    this.#saving = this.#saving.then(() => this.#save(values))
  }

  async #save(values) {
    try {
      await post("/account/preferences", values)
      this.#status.textContent = "Saved."
    } catch (failure) {
      this.#status.className = "error"
      this.#status.textContent = `Not saved. ${failure.message}`
    }
  }
}

/// What a form says, by the names of the page's attributes; a box that isn't ticked is "off".
function valuesOf(form) {
  const values = {}
  for (const control of form.elements) {
    if (!control.name || control.name === "_csrf") continue
    if (control.type === "checkbox") values[control.name] = control.checked ? "on" : "off"
    else if (control.type !== "radio" || control.checked) values[control.name] = control.value
  }
  return values
}
