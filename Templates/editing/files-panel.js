import { element } from "../shared/element.js"
import { popupMenu } from "../shared/popup-menu.js"
import { LENS, PLUS, tool } from "../shared/tool.js"
import { Arranging } from "./arranging.js"
import { FileCommands } from "./file-commands.js"
import { FileTree } from "./file-tree.js"
import { NewFolders } from "./new-folders.js"
import { TreeDrag } from "./tree-drag.js"

const FOLDER = "M1.5 4.5v8h13v-7h-6l-1.5-2H1.5zM8 7v4M6 9h4"
const DOTS = [3.5, 8, 12.5].map(x => `M${x - 0.5} 8a.5.5 0 1 0 1 0 .5.5 0 1 0-1 0`).join("")
const FUNNEL = "M2.5 3.5h11L9 8.5v3.5l-2 1v-4.5z"
const MENU = [
  ["new-file", "new-folder"], ["cut-files", "copy-files", "paste-files", "duplicate-files"],
  ["rename-file", "move-files", "delete-files"], ["view-file", "download-file", "copy-path"]
]

/// The panel of files: the tree, what filters it, buttons above it, a menu, and commands for all of it. Fires "open"
/// { file, focus }, "create" { file }, and "change" when the project's files must be read again.
export class FilesPanel extends EventTarget {
  #tools
  #commands
  #tree
  #arranging
  #folders
  #actions
  #drag
  #mayEdit
  #files = []
  #current = null
  #count = element("span", { class: "tree-filter-count", role: "status" })
  #input = element("input", {
    "class": "input small", "type": "search", "aria-label": "Show only files called", "placeholder": "Part of a path",
    "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"
  })
  #filter = element("div", { class: "tree-filter", hidden: true }, this.#input, this.#count)
  #host

  /// `host` is the panel's body, `tools` where its buttons go; `commands` are the page's `Commands`, with one called
  /// "search", `kept` a `Kept`.
  constructor(host, tools, { project, mayEdit, commands, kept }) {
    super()
    this.#host = host
    this.#tools = tools
    this.#commands = commands
    this.#mayEdit = mayEdit
    this.#tree = new FileTree(host)
    this.#arranging = new Arranging(project)
    this.#folders = new NewFolders(kept, `new-folders.${project}`)
    this.#actions = new FileCommands({
      project, tree: this.#tree, arranging: this.#arranging, folders: this.#folders
    })
    this.#drag = mayEdit ? new TreeDrag(host, this.#tree) : null
  }

  start() {
    this.#tree.start()
    this.#host.prepend(this.#filter)
    this.#drag?.start()
    this.#drag?.addEventListener("drop", ({ detail }) => this.#actions.put(detail.paths, detail.into, detail.isCopy))
    this.#tree.addEventListener("open", this.#pass)
    this.#tree.addEventListener("menu", ({ detail }) => this.#openMenu(detail))
    this.#actions.addEventListener("create", this.#pass)
    this.#arranging.addEventListener("change", () => this.dispatchEvent(new Event("change")))
    this.#folders.addEventListener("change", () => this.#draw())
    this.#input.addEventListener("input", () => this.#search())
    this.#input.addEventListener("keydown", this.#key)
    const filter = () => this.toggleFilter(true)
    const menu = () => this.#openMenu(this.#tree.place)
    for (const command of this.#actions.list({ mayEdit: this.#mayEdit, filter, menu })) this.#commands.register(command)
    const dots = tool("What can be done with the chosen files", DOTS, () => {
      const { left, bottom } = dots.getBoundingClientRect()
      this.#openMenu({ x: left, y: bottom })
    }, "Shift+F10")
    dots.setAttribute("aria-haspopup", "menu")
    this.#tools.replaceChildren(
      ...this.#mayEdit ? [
        tool("New file", PLUS, () => this.#commands.run("new-file"), "Alt+N"),
        tool("New folder", FOLDER, () => this.#commands.run("new-folder"))
      ] : [],
      tool("Filter", FUNNEL, () => this.toggleFilter(this.#filter.hidden), "/"),
      tool("Search in files", LENS, () => this.#commands.run("search"), "Ctrl+Shift+F"), dots
    )
  }

  stop() {
    this.#drag?.stop()
    this.#tree.stop()
    this.#tools.replaceChildren()
  }

  /// Draws the project's files; the one with `current` as id is marked.
  show(files, current) {
    this.#files = files
    this.#current = current
    this.#folders.settle(files)
    this.#draw()
  }

  /// Shows the field that narrows the tree down, or hides it and shows all files again.
  toggleFilter(isShown) {
    this.#filter.hidden = !isShown
    if (isShown) return this.#input.focus()
    this.#input.value = ""
    this.#search()
    this.#tree.focus()
  }

  #draw() {
    this.#tree.show(this.#files, this.#folders.paths, this.#current)
    if (!this.#filter.hidden) this.#search()
  }

  #search() {
    const count = this.#tree.filter(this.#input.value)
    this.#count.textContent = this.#input.value.trim() ? `${count} of ${this.#files.length}` : ""
  }

  #key = event => {
    if (event.key === "Escape") this.toggleFilter(false)
    else if (event.key === "ArrowDown" || event.key === "Enter") this.#tree.focus()
    else return
    event.preventDefault()
  }

  #openMenu(place) {
    const possible = new Map(this.#commands.possible.map(command => [command.name, command]))
    popupMenu("Files", MENU.map(names => names.flatMap(name => possible.get(name) ?? [])), place)
  }

  #pass = event => this.dispatchEvent(new CustomEvent(event.type, { detail: event.detail }))
}
