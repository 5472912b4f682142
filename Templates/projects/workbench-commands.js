import { editingCommands } from "../editing/editing-commands.js"
import { base } from "../shared/http.js"
import { isFirefox } from "../shared/keys.js"
import { preferences } from "../shared/preferences.js"
import { toast } from "../shared/toast.js"

/// What can be done on the workbench, each thing once; see `Commands`. `find(text)` opens what finds files and
/// commands.
export function workbenchCommands(parts) {
  const { boot, editor, search, tabs, problems, controls, layout, commands, find } = parts
  const hasFile = () => editor.current !== null
  const showKeys = async () => (await import("./key-reference.js")).showKeys(commands)
  const goToPlace = by => {
    if (!problems.step(by)) toast("There are no problems, and the console names no line of a file of this project.")
  }
  const canFormat = () => boot.may.edit && hasFile() &&
    boot.project.formats.includes(/\.([^./]+)$/.exec(editor.current.path)?.[1].toLowerCase())
  const format = async options => {
    const { formatFile } = await import("../formatting/format-file.js")
    await formatFile({ editor, user: boot.user, ...options })
  }
  const save = async () => {
    await editor.flush()
    if (preferences().formatOnSave && canFormat()) await format({ isQuiet: true })
    await problems.checkSaved()
  }
  const ofProject = path => address(`/projects/${boot.project.id}/${path}`)
  const address = path => () => location.assign(base() + path)

  const always = [
    {
      name: "find-file", group: "Go", title: "Open a file", key: "Mod-p",
      act: () => find("")
    },
    {
      name: "commands", group: "Go", title: "All commands", isForPrograms: true, isHidden: true,
      // Firefox opens a private window by the other key, and no page hears of it.
      ...isFirefox ? { key: "F1" } : { key: "Mod-Shift-p", keys: ["F1"] }, act: () => find(">")
    },
    { name: "search", group: "Go", title: "Search in files", key: "Mod-Shift-f", act: () => search.show() },
    { name: "line", group: "Go", title: "To a line", key: "Ctrl-g", isPossible: hasFile, act: () => find(":") },
    {
      name: "symbol", group: "Go", title: "To a symbol of the file", key: "Mod-Shift-o", isPossible: hasFile,
      act: () => find("@")
    },
    { name: "project-symbol", group: "Go", title: "To a symbol of the project", act: () => find("#") },
    {
      name: "next-place", group: "Go", title: "To the next problem, or line that the console names", key: "F8",
      act: () => goToPlace(1)
    },
    {
      name: "place-before", group: "Go", title: "To the problem or line before", key: "Shift-F8",
      act: () => goToPlace(-1)
    },
    { name: "save", group: "File", title: "Save now, and look for problems", key: "Mod-s",
      isPossible: () => boot.may.edit, act: save },
    { name: "split", group: "Editor", title: "Two halves, or one", key: "Mod-\\", act: () => editor.split() },
    {
      name: "other-half", group: "Editor", title: "To the other half", key: "Alt-o", isPossible: () => editor.isSplit,
      act: () => editor.turn()
    },
    {
      name: "close-tab", group: "Editor", title: "Close the tab", key: "Alt-w", isPossible: hasFile,
      act: () => editor.closeTab()
    },
    {
      name: "reopen-tab", group: "Editor", title: "Open the closed tab again", key: "Alt-Shift-w",
      isPossible: () => editor.canReopen, act: () => editor.reopenTab()
    },
    {
      name: "next-tab", group: "Editor", title: "Next tab", key: "Alt-PageDown", isPossible: hasFile,
      act: () => editor.turnTab(1)
    },
    {
      name: "tab-before", group: "Editor", title: "Tab before", key: "Alt-PageUp", isPossible: hasFile,
      act: () => editor.turnTab(-1)
    },
    {
      name: "tab-right", group: "Editor", title: "Move the tab to the right", key: "Alt-Shift-PageDown",
      isPossible: hasFile, act: () => editor.moveTab(1)
    },
    {
      name: "tab-left", group: "Editor", title: "Move the tab to the left", key: "Alt-Shift-PageUp",
      isPossible: hasFile, act: () => editor.moveTab(-1)
    },
    { name: "files", group: "View", title: "Files, or not", key: "Mod-b", act: () => layout.toggle("files") },
    { name: "output", group: "View", title: "Output, or not", key: "Mod-j", act: () => layout.toggle("console") },
    {
      name: "side", group: "View", title: "Preview and facts beside the file, or not", key: "Mod-Alt-b",
      act: () => layout.toggleSide()
    },
    {
      name: "console", group: "View", title: "Console",
      act: () => {
        tabs.showConsole()
        layout.go("console")
      }
    },
    { name: "keys", group: "Help", title: "All keys", key: "Mod-Alt-k", act: showKeys },
    {
      name: "preferences", group: "Help", title: "Preferences", key: "Mod-,",
      act: () => document.querySelector("[data-preferences]").click()
    },
    { name: "history", group: "Run", title: "What was run before", act: ofProject("runs") },
    { name: "transfer", group: "File", title: "Archives and downloads", act: ofProject("transfer") },
    { name: "projects", group: "Go", title: "All projects", act: address("/projects") }
  ]
  const forRunners = boot.may.run ? [
    { name: "run", group: "Run", title: "Run", key: "Mod-Enter", act: () => controls.run() },
    {
      name: "stop", group: "Run", title: "Stop", key: "Mod-Shift-Enter", isPossible: () => controls.canStop,
      act: () => controls.halt()
    }
  ] : []
  if (boot.may.run) forRunners.push(
    { name: "problems", group: "View", title: "Problems", key: "Mod-Shift-m", act: () => problems.show() },
    { name: "check", group: "Run", title: "Check for problems", key: "Alt-c", act: () => problems.check() }
  )
  const forEditors = boot.may.edit ? [
    {
      name: "terminal", group: "View", title: "Terminal", key: "Ctrl-`", isForPrograms: true,
      act: () => {
        layout.show("console")
        tabs.showTerminal()
      }
    },
    {
      name: "new-terminal", group: "View", title: "New terminal",
      act: () => {
        layout.show("console")
        tabs.open()
      }
    },
    {
      name: "format", group: "Editor", title: "Format document", key: "Alt-Shift-f", isPossible: canFormat,
      act: () => format()
    }
  ] : []
  const forOwners = boot.may.own ? [
    {
      name: "run-settings", group: "Run", title: "Run settings", act: ofProject("run-settings")
    },
    {
      name: "project-settings", group: "Go", title: "Project settings", act: ofProject("settings")
    },
    { name: "sharing", group: "Go", title: "Sharing: who sees the project and who is in it", act: ofProject("members") }
  ] : []
  const editing = editingCommands({ press: key => editor.press(key), isPossible: hasFile, mayEdit: boot.may.edit })
  return [...forRunners, ...forEditors, ...always, ...forOwners, ...editing]
}
