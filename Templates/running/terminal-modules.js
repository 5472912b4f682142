import { element } from "../shared/element.js"

let loading = null

/// The class `Terminal`, with its modules and its style; loaded once for the page.
export function loadTerminal() {
  loading ??= load().catch(() => {
    loading = null
    throw new Error("The terminal can’t be loaded now. Check your connection and try again.")
  })
  return loading
}

// A module that could not be fetched stays failed as long as the page lives. So its files are fetched by themselves
// first: what fails then can be tried again, and what comes is in the browser's cache.
async function load() {
  const files = ["./terminal.js", "../vendor/xterm/index.js"].map(name => new URL(name, import.meta.url))
  const answers = await Promise.all(files.map(file => fetch(file)))
  if (!answers.every(answer => answer.ok)) throw new Error("The terminal's files are not there.")
  const style = element("link", { rel: "stylesheet", href: new URL("../vendor/xterm/xterm.css", import.meta.url) })
  const styled = new Promise(resolve => {
    style.addEventListener("load", resolve)
    style.addEventListener("error", resolve)
  })
  document.head.append(style)
  const [{ Terminal }] = await Promise.all([import("./terminal.js"), styled])
  return Terminal
}
