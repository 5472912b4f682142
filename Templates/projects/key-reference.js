import { EMACS } from "../editing/editing-commands.js"
import { keysOf } from "../shared/commands.js"
import { element } from "../shared/element.js"
import { keyWords } from "../shared/keys.js"
import { preferences } from "../shared/preferences.js"
import { CROSS, tool } from "../shared/tool.js"

// What has no name that could be looked for.
const WITHOUT_NAME = [
  ["Indent, indent less", "Tab", "Shift-Tab"], ["Leave the editor", "Escape", "Tab"],
  ["One more cursor", "Mod-Click"], ["Select a rectangle", "Alt-Drag"]
]
const ELSEWHERE = [
  ["Next panel, panel before", "F6", "Shift-F6"], ["Copy what is selected in the output", "Mod-Shift-c"]
]

/// Shows a dialog with every key of the workbench: those of the commands, and the editor's own.
export function showKeys(commands) {
  const before = document.activeElement
  const heading = element("h2", { id: "keys-title" }, "Keys")
  const close = tool("Close keys", CROSS, () => dialog.close())
  const list = element("div", { "class": "keys", "role": "region", "tabindex": "0", "aria-labelledby": heading.id },
    ...groupsOf(commands).flatMap(([group, rows]) => [element("h3", {}, group), element("dl", {}, ...rows.map(drawn))]))
  const dialog = element("dialog", { "class": "dialog keys-dialog", "aria-labelledby": heading.id },
    element("div", { class: "dialog-head" }, heading, close), list)
  dialog.addEventListener("click", event => {
    if (event.target === dialog) dialog.close()
  })
  dialog.addEventListener("close", () => {
    dialog.remove()
    if (before?.isConnected) before.focus()
  })
  document.body.append(dialog)
  dialog.showModal()
}

function groupsOf(commands) {
  const withKeys = commands.all.filter(command => keysOf(command).length)
  const own = [...grouped(withKeys)].map(([group, list]) => (
    [group, list.map(command => [command.title, ...keysOf(command)])]
  ))
  const moves = preferences().keys === "emacs" ? [["In the text, before all others", EMACS]] : []
  return [...moves, ...own, ["In the text", WITHOUT_NAME], ["Elsewhere", ELSEWHERE]]
}

function drawn([title, ...keys]) {
  const words = keys.map(key => element("kbd", {}, keyWords(key)))
  return element("div", {}, element("dt", {}, title), element("dd", {}, ...words))
}

function grouped(commands) {
  const groups = new Map()
  for (const command of commands) groups.set(command.group, [...groups.get(command.group) ?? [], command])
  return groups
}
