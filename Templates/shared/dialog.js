import { element } from "./element.js"

let count = 0

/// Asks for one line of text in a dialog. `submit(value)` does the work; when it throws, its message is said at the
/// field and the dialog stays. Resolves to what `submit` gave, or to undefined when the reader cancelled. The focus
/// goes back to where it was or, when that is no longer in the page, where `refocus()` puts it.
export function ask({ title, label, value = "", hint = "", action, submit, refocus }) {
  const id = `dialog-${++count}`
  const input = element("input", {
    class: "input", id, type: "text", autocomplete: "off", autocapitalize: "none", spellcheck: "false", required: true
  })
  input.value = value
  const note = element("p", { class: "hint", id: `${id}-note`, role: "status" }, hint)
  input.setAttribute("aria-describedby", note.id)
  const field = element("div", { class: "field" }, element("label", { for: id }, label), input, note)
  const dialog = frame({ title, body: field, action })
  selectName(input)
  const complain = message => {
    note.textContent = message
    note.className = "error"
    input.setAttribute("aria-invalid", "true")
    input.focus()
  }
  return run(dialog, () => submit(input.value.trim()), complain, refocus)
}

/// Asks whether to go on. Resolves like `ask`.
export function confirm({ title, text, action, danger = false, submit, refocus }) {
  const note = element("p", { class: "error", role: "status" })
  const dialog = frame({ title, body: element("div", {}, element("p", {}, text), note), action, danger })
  return run(dialog, submit, message => { note.textContent = message }, refocus)
}

function frame({ title, body, action, danger = false }) {
  const heading = element("h2", { id: `dialog-title-${++count}` }, title)
  const cancel = element("button", { class: "button secondary", type: "button", value: "cancel" }, "Cancel")
  const submit = element("button", { class: danger ? "button danger" : "button", type: "submit" }, action)
  const buttons = element("div", { class: "buttons" }, cancel, submit)
  const form = element("form", { method: "dialog" }, heading, body, buttons)
  return element("dialog", { class: "dialog", "aria-labelledby": heading.id }, form)
}

function run(dialog, submit, complain, refocus) {
  const form = dialog.querySelector("form")
  const button = dialog.querySelector("button[type=submit]")
  const before = document.activeElement
  return new Promise(resolve => {
    let result
    form.addEventListener("submit", async event => {
      event.preventDefault()
      if (button.disabled) return
      button.disabled = true
      try {
        result = await submit()
        dialog.close()
      } catch (failure) {
        complain(failure.fields?.path ?? failure.message)
      } finally {
        button.disabled = false
      }
    })
    dialog.querySelector("button[value=cancel]").addEventListener("click", () => dialog.close())
    dialog.addEventListener("close", () => {
      dialog.remove()
      if (before?.isConnected) before.focus()
      else refocus?.()
      resolve(result)
    })
    document.body.append(dialog)
    dialog.showModal()
    dialog.querySelector("input")?.focus()
  })
}

// The name without folder and extension is what most renames change.
function selectName(input) {
  const start = input.value.lastIndexOf("/") + 1
  const dot = input.value.lastIndexOf(".")
  queueMicrotask(() => input.setSelectionRange(start, dot > start ? dot : input.value.length))
}
