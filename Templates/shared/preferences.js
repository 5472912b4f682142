import { base } from "./http.js"

/// How the reader likes pages. The server writes it on the page's root as data attributes; a script that changes it
/// (the form of preferences) applies it there, and to every other page of this site that is open in this browser.
/// Whoever shows code listens.

const NAMES = [
  "theme", "codeSize", "tabWidth", "wrapLines", "lineNumbers", "closeBrackets", "formatOnSave", "keys"
]
const SYSTEM = ["(prefers-color-scheme: dark)", "(prefers-contrast: more)"]

/// What holds on this page now.
export function preferences() {
  const {
    codeSize, tabWidth, wrapLines, lineNumbers, closeBrackets, formatOnSave, keys
  } = document.documentElement.dataset
  return {
    codeSize: Number(codeSize) || 14,
    tabWidth: Number(tabWidth) || null,
    wrapLines: wrapLines === "on",
    lineNumbers: lineNumbers !== "off",
    closeBrackets: closeBrackets !== "off",
    formatOnSave: formatOnSave === "on",
    keys: keys ?? "standard"
  }
}

/// Whether the page is dark now, by its own choice or by the reader's system.
export function isDark() {
  return getComputedStyle(document.documentElement).getPropertyValue("--scheme").trim() === "dark"
}

/// Calls back whenever something of this changes. Gives a function that ends it.
export function watchPreferences(callback) {
  const queries = SYSTEM.map(query => matchMedia(query))
  for (const query of queries) query.addEventListener("change", callback)
  document.addEventListener("carrel:preferences", callback)
  return () => {
    for (const query of queries) query.removeEventListener("change", callback)
    document.removeEventListener("carrel:preferences", callback)
  }
}

/// Makes this page so, and all others of the same reader in this browser.
export function applyPreferences(values) {
  wear(values)
  try {
    localStorage.setItem(key(), JSON.stringify(values))
  } catch {
    // Without storage the other pages change when they are loaded again.
  }
}

/// Keeps this page as its reader likes it while they change that on another one. Called once a page.
export function followPreferences() {
  addEventListener("storage", event => {
    if (event.key === key() && event.newValue) wear(parsed(event.newValue))
  })
}

function wear(values) {
  const root = document.documentElement
  for (const name of NAMES) if (typeof values[name] === "string") root.dataset[name] = values[name]
  for (const sheet of document.querySelectorAll("link[data-theme-sheet]")) {
    sheet.media = sheet.dataset[root.dataset.theme] ?? "not all"
  }
  document.dispatchEvent(new CustomEvent("carrel:preferences"))
}

function parsed(text) {
  try {
    return JSON.parse(text) ?? {}
  } catch {
    return {}
  }
}

// Two people who share a browser, or two sites on one host, don't dress one another.
function key() {
  return `carrel:preferences:${base()}:${document.documentElement.dataset.reader ?? ""}`
}
