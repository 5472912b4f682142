import { later } from "../shared/later.js"

const address = name => new URL(name, import.meta.url)

/// The class `Terminal`, with its modules and its style; loaded once for the page.
export const loadTerminal = later("The terminal", {
  files: ["./terminal.js", "../vendor/xterm/index.js"].map(address),
  style: address("../vendor/xterm/xterm.css"),
  load: async () => (await import("./terminal.js")).Terminal
})
