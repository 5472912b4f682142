import { element } from "./element.js"
import { CROSS, tool } from "./tool.js"

const STAYS = 10_000
// The oldest goes when there are more.
const MOST = 3

/// Says what just happened at the foot of the window, with one thing to do about it if there is one
/// (`{ label, act }`). Stays for ten seconds, or as long as the pointer or the focus is on it, unless it is dismissed.
/// With `stays` it does until that one thing is done. Gives a function that takes it away.
export function toast(text, { kind = "ok", action = null, stays = false } = {}) {
  const host = document.querySelector(".toasts") ?? document.body.appendChild(
    element("div", { class: "toasts", role: "status", "aria-live": "polite" })
  )
  const message = element("div", {
    "class": "flash", "data-kind": kind, ...stays ? { "data-stays": "" } : {}
  }, element("span", {}, text))
  if (action) {
    const press = () => {
      message.remove()
      action.act()
    }
    message.append(element("button", { class: "link", type: "button", click: press }, action.label))
  }
  if (!stays) message.append(tool("Dismiss", CROSS, () => message.remove()))
  let timer = null
  const leave = () => {
    clearTimeout(timer)
    if (!stays) timer = setTimeout(() => message.remove(), STAYS)
  }
  message.addEventListener("pointerenter", () => clearTimeout(timer))
  message.addEventListener("focusin", () => clearTimeout(timer))
  message.addEventListener("pointerleave", leave)
  message.addEventListener("focusout", leave)
  const isSame = other => other.textContent === message.textContent
  for (const other of [...host.children].filter(isSame)) other.remove()
  host.append(message)
  const older = [...host.querySelectorAll(".flash:not([data-stays], :hover, :focus-within)")]
  for (const other of older.slice(0, Math.max(0, host.children.length - MOST))) other.remove()
  leave()
  return () => message.remove()
}
