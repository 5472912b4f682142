import { Editor } from "../editing/editor.js"
import { FileCommands } from "../editing/file-commands.js"
import { FileTree } from "../editing/file-tree.js"
import { SaveState } from "../editing/save-state.js"
import { Console } from "../running/console.js"
import { OutputTabs } from "../running/output-tabs.js"
import { RunControls } from "../running/run-controls.js"
import { WorkspaceFoot } from "../running/workspace-foot.js"
import { base } from "../shared/http.js"
import { Live } from "../shared/live.js"
import { Panes } from "../shared/panes.js"
import { Separator } from "../shared/separator.js"
import { Uploads } from "../transfer/uploads.js"
import { ProjectFiles } from "./project-files.js"

const byId = id => document.getElementById(id)
const boot = JSON.parse(byId("boot").textContent)
const { nonce } = document.querySelector("script[nonce]")
const [navigation] = performance.getEntriesByType("navigation")
const skew = boot.now - (performance.timeOrigin + (navigation?.responseStart ?? 0))

const live = new Live(`${base()}/live`)
const commands = {
  run: () => {
    controls.run()
    return true
  },
  save: () => {
    editor.flush()
    return true
  }
}
const editor = new Editor(byId("editor"), { live, nonce, commands })
const tree = new FileTree(byId("tree"))
const fileCommands = new FileCommands(byId("file-tools"), { project: boot.project.id, tree })
const screen = new Console(byId("run-state"), { live, nonce, skew })
const tabs = new OutputTabs(document.querySelector("#console .panel-head"), byId("console-body"), byId("run-state"), {
  console: screen, project: boot.project.id, live, nonce
})
const controls = new RunControls(byId("run"), byId("stop"), { console: screen, editor, project: boot.project.id })
const workspace = new WorkspaceFoot(byId("workspace"), boot.project.id)
const saveState = new SaveState(byId("save-state"), editor)
const uploads = new Uploads(byId("transfer"), byId("files"), { project: boot.project.id })
const files = new ProjectFiles({ boot, editor, tree, commands: fileCommands, where: byId("where-file") })

live.start()
live.join(`project/${boot.project.id}`, message => {
  const run = message.data?.run
  if (!message.data?.files) workspace.notice()
  if (run?.isTerminal) tabs.notice(run)
  else if (run) controls.notice(run)
  else if (!message.data?.workspace) files.refresh()
})
editor.start()
tree.start()
fileCommands.start()
tabs.start(boot.terminals)
saveState.start()
controls.start()
workspace.start()
files.start()
uploads.start()
uploads.addEventListener("change", () => files.refresh())
layOut()
await files.openFirst()
document.documentElement.classList.add("enhanced")
if (boot.run) resume(boot.run)
whenIdle(() => screen.preload())

// Safari has no idle callback; there, a moment after the page is ready will do.
function whenIdle(act) {
  if (window.requestIdleCallback) requestIdleCallback(act, { timeout: 5000 })
  else setTimeout(act, 1000)
}

// A reload in the middle of a run shows that run; one that has ended can be looked at again.
function resume(run) {
  if (run.state !== "finished") return screen.show(run)
  const show = { label: "Show its output", act: () => screen.show(run) }
  screen.say(`Last run: ${run.message ?? run.outcome?.words ?? ""}`, show)
}

function layOut() {
  const work = byId("work")
  const filesPanel = byId("files")
  const consolePanel = byId("console")
  new Separator(work, {
    property: "--files-width", label: "Width of the files", controls: "files", vertical: true, least: 140,
    most: () => work.clientWidth * 0.5, measure: () => filesPanel.offsetWidth
  }).start()
  new Separator(work, {
    property: "--console-height", label: "Height of the console", controls: "console", vertical: false, least: 64,
    most: () => work.clientHeight * 0.8, measure: () => consolePanel.offsetHeight
  }).start()
  const menu = document.querySelector(".bar > .menu").cloneNode(true)
  menu.querySelector("summary").textContent = "More"
  const panes = new Panes(work, [
    { name: "files", label: "Files", focus: () => document.querySelector("[role=tree] [tabindex='0']")?.focus() },
    { name: "code", label: "Code", focus: () => editor.focus() },
    { name: "console", label: "Console", focus: () => tabs.focus() }
  ], menu)
  panes.start("code")
  document.addEventListener("carrel:run", () => {
    tabs.showConsole()
    panes.show("console")
  })
  document.addEventListener("carrel:terminal", () => panes.show("console"))
  editor.addEventListener("show", () => panes.show("code"))
}
