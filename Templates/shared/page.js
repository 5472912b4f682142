import { followPreferences } from "./preferences.js"
import { localize } from "./times.js"

/// What every page does with scripts: menus close when the reader goes elsewhere, a form isn't sent twice, moments are
/// in the reader's time zone, and the page looks as its reader likes it, as soon as they say so on another page.
followPreferences()
localize(document)

addEventListener("click", event => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false
  }
})

addEventListener("keydown", event => {
  if (event.key !== "Escape") return
  const menu = document.querySelector("details.menu[open]")
  if (!menu) return
  menu.open = false
  menu.querySelector("summary").focus()
})

addEventListener("submit", event => {
  if (event.defaultPrevented || event.target.method === "dialog") return
  const { target } = event
  if (target.dataset.sent) event.preventDefault()
  target.dataset.sent = "true"
})

addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent
})
