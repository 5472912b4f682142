import { drawing, element } from "./element.js"

/// Drawings that several panels use.
export const PLUS = "M8 3.5v9M3.5 8h9"
export const CROSS = "M4.5 4.5l7 7M11.5 4.5l-7 7"
export const UP = "M4 10l4-4 4 4"
export const DOWN = "M4 6l4 4 4-4"
export const LENS = "M10.5 10.5l3 3M7 11.5a4.5 4.5 0 1 1 0-9 4.5 4.5 0 0 1 0 9z"
export const COPY = "M6 5.5h7.5v8H6zM10 5.5v-3H2.5v8H6"
export const DOWNLOAD = "M8 2.5v8M4.5 7.5L8 11l3.5-3.5M3 13.5h10"
export const ERASE = "M6 13.5h7.5M3 9.5l6-6 4 4-6 6H5z"

/// A small button with a drawing, for a panel's head. `key` is what does the same on the keyboard.
export function tool(name, path, press, key = "") {
  const title = key ? `${name} (${key})` : name
  return element("button", { class: "tool", type: "button", "aria-label": name, title, click: press }, drawing(path))
}
