import { element } from "./element.js"
import { keyWords } from "./keys.js"

/// A menu of commands at a place on the screen, by the ARIA pattern: arrows, Home, End and letters move, Enter does it,
/// Escape leaves. `groups` are lists of commands as in commands.js. The focus goes back to where it was, before what is
/// chosen is done.
export function popupMenu(label, groups, { x, y }) {
  const before = document.activeElement
  const items = groups.filter(({ length }) => length)
    .map(group => group.map(command => ({ command, item: drawn(command) })))
  const entries = items.flat()
  const menu = element("div", { "class": "popup-menu", "role": "menu", "aria-label": label, "tabindex": "-1" })
  items.forEach((group, index) => {
    if (index) menu.append(element("div", { role: "separator" }))
    menu.append(...group.map(({ item }) => item))
  })
  const close = () => {
    removeEventListener("pointerdown", outside, { capture: true })
    removeEventListener("blur", close)
    if (menu.contains(document.activeElement) && before?.isConnected) before.focus()
    menu.remove()
  }
  const outside = event => {
    if (!menu.contains(event.target)) close()
  }
  const choose = entry => {
    if (!entry) return
    close()
    entry.command.act()
  }
  const go = place => entries[(place + entries.length) % entries.length]?.item.focus()
  menu.addEventListener("click", event => choose(entries.find(({ item }) => item.contains(event.target))))
  menu.addEventListener("contextmenu", event => event.preventDefault())
  menu.addEventListener("keydown", event => {
    const here = entries.findIndex(({ item }) => item === document.activeElement)
    const actions = {
      ArrowDown: () => go(here + 1), ArrowUp: () => go(here < 0 ? -1 : here - 1), Home: () => go(0), End: () => go(-1),
      Enter: () => choose(entries[here]), " ": () => choose(entries[here]), Escape: close, Tab: close
    }
    const ring = [...entries.slice(here + 1), ...entries.slice(0, here + 1)]
    const byLetter = () => ring.find(({ command }) => startsWith(command.title, event.key))?.item.focus()
    event.stopPropagation()
    event.preventDefault()
    ;(actions[event.key] ?? byLetter)()
  })
  // Within a landmark, where readers look for what belongs to it.
  ;(before?.closest("section") ?? document.body).append(menu)
  const { offsetWidth: width, offsetHeight: height } = menu
  menu.style.left = `${Math.max(4, Math.min(x, innerWidth - width - 4))}px`
  menu.style.top = `${Math.max(4, Math.min(y, innerHeight - height - 4))}px`
  addEventListener("pointerdown", outside, { capture: true })
  addEventListener("blur", close)
  go(0)
}

function startsWith(title, letter) {
  return letter.length === 1 && title.toLowerCase().startsWith(letter.toLowerCase())
}

function drawn({ title, key }) {
  const item = element("div", { class: "popup-item", role: "menuitem", tabindex: "-1" }, title)
  if (key) item.append(element("kbd", { "aria-hidden": "true" }, keyWords(key)))
  return item
}
