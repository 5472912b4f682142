import { element } from "./element.js"

/// What `load` gives and the text that is typed until then, which is meant for what is on its way, not for what has the
/// focus now. The focus is back where it was at the end.
export async function holdTyping(load) {
  const before = document.activeElement
  const field = element("input", {
    "class": "visually-hidden", "type": "text", "aria-label": "Loading…", "autocomplete": "off"
  })
  document.body.append(field)
  field.focus()
  try {
    return [await load(), field.value]
  } finally {
    const isHere = document.activeElement === field
    field.remove()
    if (isHere && before?.isConnected) before.focus()
  }
}
