/// Keys of commands. A key is written as `Mod-Shift-p`: Mod is the Command key of Apple's keyboards and Control on all
/// others, as in the editor's keymaps.

const isApple = /^(Mac|iP)/.test(globalThis.navigator?.platform ?? "")
const SIGNS = { Mod: "⌘", Ctrl: "⌃", Alt: "⌥", Shift: "⇧" }
const WORDS = { Mod: "Ctrl", ArrowUp: "↑", ArrowDown: "↓", " ": "Space" }

/// How a key is written for a reader: "Ctrl+Shift+P", or "⇧⌘P".
export function keyWords(key, apple = isApple) {
  const parts = key.split(/-(?=.)/)
  const last = parts.pop()
  const name = WORDS[last] ?? (last.length === 1 ? last.toUpperCase() : last)
  if (!apple) return [...parts.map(part => WORDS[part] ?? part), name].join("+")
  const order = Object.keys(SIGNS).reverse()
  return parts.sort((a, b) => order.indexOf(a) - order.indexOf(b)).map(part => SIGNS[part]).join("") + name
}

/// Whether a key press is this key.
export function isPressed(key, event, apple = isApple) {
  const parts = key.split(/-(?=.)/)
  const last = parts.pop()
  const has = part => parts.includes(part)
  // With Alt, Apple's keyboards type other letters.
  const isLetter = has("Alt") && event.code === `Key${last.toUpperCase()}`
  return (isLetter || event.key.toLowerCase() === last.toLowerCase()) &&
    event.shiftKey === has("Shift") && event.altKey === has("Alt") &&
    event.metaKey === (apple && has("Mod")) && event.ctrlKey === (has("Ctrl") || (!apple && has("Mod")))
}
