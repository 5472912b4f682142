/// The starters follow the language as soon as it is chosen. Without scripts the button beside it shows them.
import { base } from "../shared/http.js"

const language = document.getElementById("field-language")
// Also because it is the form's first button, which the Enter key would press.
document.querySelector("button[name=show]").remove()

let latest = 0

async function show() {
  const number = ++latest
  const query = new URLSearchParams({ language: language.value, starter: chosen() })
  let answer
  try {
    answer = await fetch(`${base()}/projects/new?${query}`, { credentials: "same-origin", cache: "no-store" })
    if (!answer.ok) return
    answer = await answer.text()
  } catch {
    // The starters of the language before stay; the site says so when one of them is sent.
    return
  }
  const starters = new DOMParser().parseFromString(answer, "text/html").getElementById("starters")
  if (number !== latest || !starters) return
  document.getElementById("starters").replaceWith(document.adoptNode(starters))
}

function chosen() {
  return document.querySelector("input[name=starter]:checked")?.value ?? ""
}

language.addEventListener("change", show)
// Going back, a browser may put the language in again that was chosen when the page was left.
addEventListener("pageshow", () => {
  if (!language.selectedOptions[0]?.defaultSelected) show()
})
