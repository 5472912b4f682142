import { isMove } from "../editing/editing-commands.js"
import { Editor } from "../editing/editor.js"
import { SaveState } from "../editing/save-state.js"
import { Console } from "../running/console.js"
import { OutputTabs } from "../running/output-tabs.js"
import { PlaceWalk } from "../running/places.js"
import { RunControls } from "../running/run-controls.js"
import { WorkspaceFoot } from "../running/workspace-foot.js"
import { Commands } from "../shared/commands.js"
import { element } from "../shared/element.js"
import { holdTyping } from "../shared/held-typing.js"
import { SearchTab } from "../searching/search-tab.js"
import { base } from "../shared/http.js"
import { Kept } from "../shared/kept.js"
import { later } from "../shared/later.js"
import { Live } from "../shared/live.js"
import { toast } from "../shared/toast.js"
import { refuseStrayDrops } from "../transfer/stray-drops.js"
import { Layout } from "./layout.js"
import { ProjectFiles } from "./project-files.js"
import { LateProblems } from "./late-problems.js"
import { showFiles } from "./show-files.js"
import { workbenchCommands } from "./workbench-commands.js"

// What one goes to among the files, as far as it is there.
const FILES = ["#tree [role=tree] [tabindex='0']", "#file-tools button"]
const byId = id => document.getElementById(id)
const boot = JSON.parse(byId("boot").textContent)
const { nonce } = document.querySelector("script[nonce]")
const [navigation] = performance.getEntriesByType("navigation")
const skew = boot.now - (performance.timeOrigin + (navigation?.responseStart ?? 0))

// The text field is in the page until the editor takes its place, with all that was typed into it on a slow line.
const field = byId("text")
const text = field?.defaultValue
const typed = field && { text: field.value, place: document.activeElement === field ? field.selectionEnd : null }
const live = new Live(`${base()}/live`)
const kept = new Kept(boot.person)
const commands = new Commands({ yields: event => isMove(event) && document.activeElement?.closest(".cm-content") })
let finder = null
let symbols = null
// Not before the page is ready, but before somebody looks for something: what they type then is for the finder.
const loadFinder = later("What finds files", {
  files: ["./finder.js", "../shared/palette.js", "../shared/fuzzy.js"].map(name => new URL(name, import.meta.url)),
  style: new URL("../shared/palette.css", import.meta.url),
  load: async () => {
    const { Finder } = await import("./finder.js")
    return new Finder({ commands, files, editor, kept, symbols: () => symbols, refreshSymbols })
  }
})
const loadSide = later("The panel beside the file", {
  files: ["side-panel", "preview", "facts", "view-of"].map(name => new URL(`../viewing/${name}.js`, import.meta.url)),
  style: ["viewing", "media", "side"].map(name => new URL(`../viewing/${name}.css`, import.meta.url)),
  load: () => import("../viewing/side-panel.js")
})
const editor = new Editor(byId("editor"), {
  live, nonce, isReadOnly: !boot.may.edit, kept, name: `open-files.${boot.project.id}`,
  symbols: () => symbols
})
// A place may be named in a file that was made a moment ago, so the files are asked each time.
const links = {
  find: path => files.at(path)?.document ? files.at(path) : undefined,
  go: (file, line) => {
    layout.show("code")
    files.open(file, { focus: true, place: { line } })
  }
}
const screen = new Console(byId("run-state"), { live, nonce, links, skew })
const places = new PlaceWalk(screen, links)
const tabs = new OutputTabs(document.querySelector("#console .panel-head"), byId("console-body"), byId("run-state"), {
  console: screen, project: boot.project.id, live, nonce, links, canOpen: boot.may.edit
})
// What the reader may not do has no place on the page.
const controls = boot.may.run
  ? new RunControls(byId("run"), byId("stop"), { console: screen, editor, project: boot.project.id }) : null
const workspace = boot.may.run ? new WorkspaceFoot(byId("workspace"), boot.project.id) : null
const saveState = new SaveState(byId("save-state"), editor)
const files = new ProjectFiles({ boot, editor, where: byId("where-file"), create: () => commands.run("new-file") })
const layout = new Layout(byId("work"), {
  kept,
  menu: phoneMenu(),
  focus: {
    files: () => FILES.map(part => document.querySelector(part)).find(Boolean)?.focus(),
    code: () => editor.focus(),
    console: () => tabs.focus()
  },
  side: async close => {
    const { SidePanel } = await loadSide()
    return new SidePanel(byId("work"), { editor, project: boot.project.id, kept, close })
  }
})

const search = new SearchTab({
  tabs, layout, project: boot.project.id, editor, mayReplace: boot.may.edit,
  open: place => {
    layout.show("code")
    return files.openPlace(place)
  }
})
const problems = new LateProblems({
  boot, editor, files, tabs, layout, places, screen, workspace, loaded: desk => startServers(desk).catch(() => {})
})

refuseStrayDrops()
live.start()
live.join(`project/${boot.project.id}`, message => {
  const { run, rights } = message.data ?? {}
  if (rights !== undefined) return rights === 0 || rights === boot.person ? sayRightsChanged() : undefined
  // Each has a console of their own: what others start is in the history.
  if (run && run.starter !== boot.person) return
  if (!message.data?.files) workspace?.notice()
  if (run?.isTerminal) tabs.notice(run)
  else if (run) controls?.notice(run)
  else if (!message.data?.workspace) files.refresh()
})
tabs.start(boot.terminals)
places.start()
controls?.start()
workspace?.start()
if (boot.may.edit) saveState.start()
if (!boot.may.run) screen.say("Nothing is run from here. What was run is under Runs.")
files.start()
document.addEventListener("carrel:run", () => {
  tabs.showConsole()
  layout.show("console")
})
editor.addEventListener("show", () => layout.show("code"))
document.querySelector(".skip").addEventListener("click", event => {
  event.preventDefault()
  editor.focus()
})
byId("show-commands").addEventListener("click", () => commands.run("commands"))
byId("show-side").addEventListener("click", () => commands.run("side"))
layout.start()
workbenchCommands({ boot, editor, search, tabs, problems, controls, layout, commands, find })
  .forEach(command => commands.register(command))
commands.start()
await files.openFirst(text, typed)
document.documentElement.classList.add("enhanced")
showFiles(files, { boot, commands, kept })
if (boot.run) resume(boot.run)
whenIdle(() => {
  layout.restoreSide().catch(() => {})
  screen.preload()
  // What cannot be loaded is said to whoever asks for it.
  loadFinder().catch(() => {})
  loadSymbols().catch(() => {})
  startPreferences().catch(() => {})
  if (boot.may.edit) startUploads().catch(() => {})
  problems.load()?.catch(() => {})
  search.load().catch(() => {})
})

async function startServers(desk) {
  const { ServersDesk } = await import("../editing/servers/servers-desk.js")
  await new ServersDesk({ boot, live, editor, files, tabs, layout, commands, problems: desk.problems }).start()
}

// Until then the link leads to the preferences' own page.
async function startPreferences() {
  const { PreferencesDialog } = await import("../preferences/dialog.js")
  new PreferencesDialog().start()
}

async function startUploads() {
  const { Uploads } = await import("../transfer/uploads.js")
  const uploads = new Uploads(byId("transfer"), byId("files"), { project: boot.project.id })
  uploads.start()
  uploads.commands.forEach(command => commands.register(command))
  uploads.addEventListener("change", () => files.refresh())
}

// The words and symbols of files that are not open are asked for when something is suggested.
async function loadSymbols() {
  const { ProjectSymbols } = await import("../editing/project-symbols.js")
  symbols ??= new ProjectSymbols(boot.project.id)
}

async function refreshSymbols() {
  await Promise.all([editor.flush(), loadSymbols()])
  await symbols.refresh()
}

async function find(text) {
  let typed = ""
  try {
    if (!finder) [finder, typed] = await holdTyping(loadFinder)
    finder.open(text + typed)
  } catch (failure) {
    toast(failure.message, { kind: "bad" })
  }
}

// Safari has no idle callback; there, a moment after the page is ready will do.
function whenIdle(act) {
  if (window.requestIdleCallback) requestIdleCallback(act, { timeout: 5000 })
  else setTimeout(act, 1000)
}

function sayRightsChanged() {
  const reload = { label: "Reload", act: () => location.reload() }
  toast("What you may do in this project has changed.", { action: reload })
}

// A reload in the middle of a run shows that run; one that has ended can be looked at again.
function resume(run) {
  if (run.state !== "finished") return screen.show(run)
  const show = { label: "Show its output", act: () => screen.show(run) }
  screen.say(`Last run: ${run.message ?? run.outcome?.words ?? ""}`, show)
}

// The phone's bar has the menu, too, at its end.
function phoneMenu() {
  const menu = document.querySelector(".bar > .menu")?.cloneNode(true)
  if (!menu) return null
  menu.querySelector("summary").textContent = "More"
  const { href, title } = document.querySelector(".where a")
  menu.querySelector(".menu-list").prepend(
    element("button", { type: "button", click: () => commands.run("commands") }, "Commands"),
    element("button", { type: "button", click: () => layout.openSide() }, "Beside the file"),
    element("a", { href }, title)
  )
  menu.addEventListener("click", ({ target }) => {
    if (target.closest("button")) menu.open = false
  })
  return menu
}
