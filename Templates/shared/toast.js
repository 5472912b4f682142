import { element } from "./element.js"

const STAYS = 10_000

/// Says what just happened at the foot of the window, with one thing to do about it if there is one
/// (`{ label, act }`). Stays for ten seconds, or as long as the pointer or the focus is on it; with `stays` until that
/// is done.
export function toast(text, { kind = "ok", action = null, stays = false } = {}) {
  const host = document.querySelector(".toasts") ?? document.body.appendChild(
    element("div", { class: "toasts", role: "status", "aria-live": "polite" })
  )
  const message = element("div", { class: "flash", "data-kind": kind }, element("span", {}, text))
  if (action) {
    const press = () => {
      message.remove()
      action.act()
    }
    message.append(element("button", { class: "link", type: "button", click: press }, action.label))
  }
  let timer = null
  const leave = () => {
    clearTimeout(timer)
    if (!stays) timer = setTimeout(() => message.remove(), STAYS)
  }
  message.addEventListener("pointerenter", () => clearTimeout(timer))
  message.addEventListener("focusin", () => clearTimeout(timer))
  message.addEventListener("pointerleave", leave)
  message.addEventListener("focusout", leave)
  host.append(message)
  leave()
}
