/// Keys of commands. A key is written as `Mod-Shift-p`: Mod is the Command key of Apple's keyboards and Control on all
/// others, as in the editor's keymaps.

export const isApple = /^(Mac|iP)/.test(globalThis.navigator?.platform ?? "")
export const isFirefox = /\bFirefox\//.test(globalThis.navigator?.userAgent ?? "")
const WRITTEN_INTO = "input, textarea, [contenteditable]"
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
  const { parts, last, code } = read(key)
  const has = part => parts.includes(part)
  // With Alt, Apple's keyboards type other letters.
  const isLetter = has("Alt") && event.code === code
  // There, Option and a letter is how some of them are typed: ~ and ć are no commands.
  if (isLetter && apple && !has("Mod") && !has("Ctrl") && event.target?.closest?.(WRITTEN_INTO)) return false
  return (isLetter || event.key.toLowerCase() === last) &&
    event.shiftKey === has("Shift") && event.altKey === has("Alt") &&
    event.metaKey === (apple && has("Mod")) && event.ctrlKey === (has("Ctrl") || (!apple && has("Mod")))
}

// Each key press asks for every command's keys.
const known = new Map()

function read(key) {
  if (!known.has(key)) {
    const parts = key.split(/-(?=.)/)
    const last = parts.pop().toLowerCase()
    known.set(key, { parts, last, code: `Key${last.toUpperCase()}` })
  }
  return known.get(key)
}
