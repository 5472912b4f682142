import { drawing, element } from "./element.js"

/// Drawings that several panels use.
export const PLUS = "M8 3.5v9M3.5 8h9"
export const CROSS = "M4.5 4.5l7 7M11.5 4.5l-7 7"

/// A small button with a drawing, for a panel's head. `key` is what does the same on the keyboard.
export function tool(name, path, press, key = "") {
  const title = key ? `${name} (${key})` : name
  return element("button", { class: "tool", type: "button", "aria-label": name, title, click: press }, drawing(path))
}
