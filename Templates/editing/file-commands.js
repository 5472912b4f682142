import { ask, confirm } from "../shared/dialog.js"
import { base, post } from "../shared/http.js"
import { toast } from "../shared/toast.js"
import { DOWNLOAD, EYE, PLUS, tool } from "../shared/tool.js"
import { viewOf } from "../viewing/view-of.js"

const PENCIL = "M3.5 12.5l.6-2.7L10.8 3.2l2 2L6.2 11.9zM9.4 4.6l2 2"
const VIEW = 1 // where that button is among those for what is chosen
const BIN = "M3.5 4.5h9M6.5 4.5v-1.5h3v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5"

/// Creating, renaming, looking at, downloading and deleting files and folders: buttons above the tree and the tree's
/// keys. Fires "create" { file } and "change" (the project's files must be read again).
export class FileCommands extends EventTarget {
  #project
  #tree
  #tools

  constructor(tools, { project, tree }) {
    super()
    this.#project = project
    this.#tree = tree
    this.#tools = tools
  }

  start() {
    this.#tools.replaceChildren(
      tool("New file", PLUS, () => this.create()),
      tool("Rename", PENCIL, () => this.rename(this.#tree.chosen), "F2"),
      tool("View", EYE, () => this.view(this.#tree.chosen)),
      tool("Download", DOWNLOAD, () => this.download(this.#tree.chosen)),
      tool("Delete", BIN, () => this.remove(this.#tree.chosen), "Delete")
    )
    this.#tree.addEventListener("rename", this.#onRename)
    this.#tree.addEventListener("delete", this.#onDelete)
    this.#tree.addEventListener("choose", this.#enable)
    this.#enable()
  }

  stop() {
    this.#tree.removeEventListener("rename", this.#onRename)
    this.#tree.removeEventListener("delete", this.#onDelete)
    this.#tree.removeEventListener("choose", this.#enable)
    this.#tools.replaceChildren()
  }

  async create() {
    const chosen = this.#tree.chosen
    const folder = chosen?.path.split("/").slice(0, chosen.kind === "folder" ? undefined : -1).join("/")
    const file = await ask({
      title: "New file",
      label: "Path",
      value: folder ? `${folder}/` : "",
      hint: "A slash makes a folder: lib/words.py",
      action: "Create file",
      submit: async path => (await post(`/projects/${this.#project}/files`, { path })).file
    })
    if (file) this.dispatchEvent(new CustomEvent("create", { detail: { file } }))
  }

  async rename(row) {
    if (!row) return
    const isFolder = row.kind === "folder"
    const done = await ask({
      title: isFolder ? "Rename folder" : "Rename file",
      label: "New path",
      value: row.path,
      action: "Rename",
      submit: async path => {
        if (isFolder) await post(`/projects/${this.#project}/folders/path`, { from: row.path, to: path })
        else await post(`/files/${row.file.id}/path`, { path })
        this.#tree.choose(path)
        return true
      },
      refocus: () => this.#tree.focus()
    })
    if (done) this.#changed()
  }

  /// Opens the view of a file that is drawn: a page, a table, or else its bytes.
  view(row) {
    if (row?.kind === "file") location.assign(`${base()}/files/${row.file.id}/${viewOf(row.file)}`)
  }

  /// Saves a file, or a folder as zip. The site says that it is to be saved, so this page stays.
  download(row) {
    if (!row) return
    location.assign(base() + (row.kind === "file"
      ? `/files/${row.file.id}/download`
      : `/projects/${this.#project}/files.zip?folder=${encodeURIComponent(row.path)}`))
  }

  async remove(row) {
    if (!row) return
    if (row.kind === "file") return this.#removeFile(row)
    const done = await confirm({
      title: "Delete folder",
      text: `${row.path} and every file in it will be deleted.`,
      action: "Delete folder",
      danger: true,
      submit: async () => {
        await post(`/projects/${this.#project}/folders/deletion`, { path: row.path })
        return true
      },
      refocus: () => this.#tree.focus()
    })
    if (done) this.#changed()
  }

  // One file comes back with one press, so nobody is asked first.
  async #removeFile({ file }) {
    const restore = async () => {
      await this.#attempt(() => post(`/files/${file.id}/restoration`))
    }
    if (await this.#attempt(() => post(`/files/${file.id}/deletion`))) {
      toast(`Deleted ${file.path}.`, { action: { label: "Undo", act: restore } })
    }
  }

  async #attempt(request) {
    try {
      await request()
      this.#changed()
      return true
    } catch (failure) {
      toast(failure.message, { kind: "bad" })
      return false
    }
  }

  #changed() {
    this.dispatchEvent(new Event("change"))
  }

  #onRename = event => this.rename(event.detail.row)
  #onDelete = event => this.remove(event.detail.row)

  #enable = () => {
    const [, ...forChosen] = this.#tools.children
    for (const button of forChosen) button.disabled = !this.#tree.chosen
    forChosen[VIEW].disabled = this.#tree.chosen?.kind !== "file"
  }
}
