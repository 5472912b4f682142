import { element } from "./element.js"

/// Puts text into the clipboard. Throws when the browser does not let us.
export async function copy(text) {
  if (navigator.clipboard) await navigator.clipboard.writeText(text)
  else copyBySelection(text)
}

// A site without TLS has no clipboard of its own, but what is selected can be copied.
function copyBySelection(text) {
  const { activeElement } = document
  const field = element("textarea", { "class": "visually-hidden", "readonly": true, "aria-hidden": "true" })
  field.value = text
  document.body.append(field)
  field.select()
  const isDone = document.execCommand("copy")
  field.remove()
  activeElement?.focus()
  if (!isDone) throw new Error("The browser does not allow copying.")
}
