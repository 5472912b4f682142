import { copy } from "../shared/clipboard.js"
import { ask } from "../shared/dialog.js"
import { base, post } from "../shared/http.js"
import { toast } from "../shared/toast.js"
import { viewOf } from "../viewing/view-of.js"
import { wordsOf } from "./arranging.js"
import { counted, folderOf, nameOf, outermost, refusalOf } from "./tree-model.js"

const IN_TREE = "#files [role=tree]"

/// What can be done with the files that are chosen in the tree. Fires "create" { file }.
export class FileCommands extends EventTarget {
  #project
  #tree
  #arranging
  #folders
  #held = null

  /// `arranging` is an `Arranging`, `folders` the `NewFolders`.
  constructor({ project, tree, arranging, folders }) {
    super()
    this.#project = project
    this.#tree = tree
    this.#arranging = arranging
    this.#folders = folders
  }

  /// The commands, as in commands.js. Those for whoever may only read are without those that change something.
  list({ mayEdit, filter, menu }) {
    const hasOne = () => this.#tree.chosen.length === 1
    const hasSome = () => this.#tree.chosen.length > 0
    const isFile = () => this.#tree.chosen[0]?.kind === "file"
    const read = [
      command("view-file", "View", () => this.view(), { isPossible: () => hasOne() && isFile() }),
      command("download-file", "Download", () => this.download(), {
        isPossible: () => hasOne() && !this.#tree.chosen[0].isEmpty
      }),
      command("copy-path", "Copy the path", () => this.#copyPath(), { isPossible: hasSome }),
      command("filter-files", "Filter", filter, { key: "/", keysIn: IN_TREE }),
      command("close-folders", "Close all folders", () => this.#tree.closeFolders()),
      command("file-menu", "Menu", menu, {
        key: "Shift-F10", keys: ["ContextMenu"], keysIn: IN_TREE, isHidden: true
      })
    ]
    if (!mayEdit) return read
    return [
      command("new-file", "New file", () => this.create(), { key: "Alt-n" }),
      command("new-folder", "New folder", () => this.createFolder(), { key: "Alt-Shift-n" }),
      command("rename-file", "Rename", () => this.rename(), { key: "F2", keysIn: IN_TREE, isPossible: hasOne }),
      command("cut-files", "Cut", () => this.hold(false), { key: "Mod-x", keysIn: IN_TREE, isPossible: hasSome }),
      command("copy-files", "Copy", () => this.hold(true), { key: "Mod-c", keysIn: IN_TREE, isPossible: hasSome }),
      command("paste-files", "Paste here", () => this.paste(), {
        key: "Mod-v", keysIn: IN_TREE, isPossible: () => this.#held !== null
      }),
      command("duplicate-files", "Duplicate", () => this.duplicate(), { isPossible: hasSome }),
      command("move-files", "Move to a folder", () => this.moveTo(), { isPossible: hasSome }),
      command("delete-files", "Delete", () => this.remove(), { key: "Delete", keysIn: IN_TREE, isPossible: hasSome }),
      ...read
    ]
  }

  async create() {
    const folder = this.#folder
    const file = await ask({
      title: "New file", label: "Path", value: folder ? `${folder}/` : "",
      hint: "A slash makes a folder: lib/words.py", action: "Create file",
      submit: async path => (await post(`/projects/${this.#project}/files`, { path })).file
    })
    if (file) this.dispatchEvent(new CustomEvent("create", { detail: { file } }))
  }

  async createFolder() {
    const folder = this.#folder
    await ask({
      title: "New folder", label: "Path", value: folder ? `${folder}/` : "",
      hint: "It is kept in this browser until there is a file in it.", action: "Create folder",
      submit: async path => {
        const made = this.#folders.add(path.replace(/\/+$/, ""))
        this.#tree.choose([made])
        return true
      },
      refocus: () => this.#tree.focus()
    })
    this.#tree.focus()
  }

  async rename() {
    const [row] = this.#tree.chosen
    if (!row) return
    const isFolder = row.kind === "folder"
    await ask({
      title: isFolder ? "Rename folder" : "Rename file", label: "New path", value: row.path, action: "Rename",
      submit: async path => {
        if (row.isEmpty) this.#folders.replace(row.path, path)
        else if (path !== row.path) await this.#arranging.move([{ from: row.path, to: path }])
        this.#tree.choose([path])
        return true
      },
      refocus: () => this.#tree.focus()
    })
  }

  /// Remembers what is to be pasted: moved, or copied.
  hold(isCopy) {
    const rows = this.#tree.chosen.filter(row => !row.isEmpty)
    if (!rows.length) return
    this.#held = { paths: outermost(rows.map(({ path }) => path)), isCopy }
    this.#tree.markCut(isCopy ? [] : this.#held.paths)
    toast(`${isCopy ? "Copied" : "Cut"} ${counted(rows)}. Paste where it is to be.`)
  }

  async paste() {
    if (!this.#held) return
    const { paths, isCopy } = this.#held
    const { focused } = this.#tree
    // Whoever has just copied a folder is still on it, and means the one that it is in.
    const isHeld = focused && paths.includes(focused.path)
    await this.put(paths, isHeld ? folderOf(focused.path) : this.#folder, isCopy)
  }

  /// Moves or copies what has these paths into a folder, "" for the top one; says it when that is refused.
  async put(paths, into, isCopy) {
    try {
      await this.#put(paths, into, isCopy)
    } catch (failure) {
      toast(wordsOf(failure), { kind: "bad" })
    }
  }

  async #put(paths, into, isCopy) {
    const refusal = refusalOf(paths, into, isCopy)
    if (refusal) throw new Error(refusal)
    const changes = await (isCopy ? this.#arranging.copyInto(paths, into) : this.#arranging.moveInto(paths, into))
    if (!isCopy) this.#release()
    this.#chooseIn(into, isCopy ? changes.map(({ to }) => to) : paths.map(path => joined(into, nameOf(path))))
  }

  async duplicate() {
    const paths = outermost(this.#tree.chosen.filter(row => !row.isEmpty).map(({ path }) => path))
    for (const folder of new Set(paths.map(folderOf))) {
      await this.put(paths.filter(path => folderOf(path) === folder), folder, true)
    }
  }

  async moveTo() {
    const rows = this.#tree.chosen
    const paths = outermost(rows.filter(row => !row.isEmpty).map(({ path }) => path))
    if (!paths.length) return
    await ask({
      title: `Move ${counted(rows)}`, label: "Folder", value: folderOf(paths[0]),
      hint: "Such as src/lib; a single slash is the top folder.", action: "Move",
      submit: async typed => {
        await this.#put(paths, typed.replace(/^\/+|\/+$/g, ""), false)
        return true
      },
      refocus: () => this.#tree.focus()
    })
  }

  async remove() {
    const rows = this.#tree.chosen
    for (const row of rows) if (row.isEmpty) this.#folders.remove(row.path)
    const paths = outermost(rows.filter(row => !row.isEmpty).map(({ path }) => path))
    if (paths.length) await this.#arranging.delete(paths)
  }

  /// Opens the view of a file that is drawn: a page, a table, or else its bytes.
  view() {
    const [row] = this.#tree.chosen
    if (row?.kind === "file") location.assign(`${base()}/files/${row.file.id}/${viewOf(row.file)}`)
  }

  /// Saves a file, or a folder as zip. The site says that it is to be saved, so this page stays.
  download() {
    const [row] = this.#tree.chosen
    if (!row) return
    location.assign(base() + (row.kind === "file"
      ? `/files/${row.file.id}/download`
      : `/projects/${this.#project}/files.zip?folder=${encodeURIComponent(row.path)}`))
  }

  async #copyPath() {
    try {
      await copy(this.#tree.chosen.map(({ path }) => path).join("\n"))
      toast("The path is in the clipboard.")
    } catch {
      toast("The browser does not allow copying.", { kind: "bad" })
    }
  }

  // Where something new goes: into the folder with the focus, or beside the file with it.
  get #folder() {
    const { focused } = this.#tree
    if (!focused) return ""
    return focused.kind === "folder" ? focused.path : folderOf(focused.path)
  }

  #chooseIn(folder, paths) {
    const names = new Set(paths.map(path => joined(folder, path.slice(folder && folder.length + 1).split("/")[0])))
    this.#tree.choose([...names])
    this.#tree.focus()
  }

  #release() {
    this.#held = null
    this.#tree.markCut([])
  }
}

function command(name, title, act, rest = {}) {
  return { name, group: "File", title, act, ...rest }
}

function joined(folder, name) {
  return folder ? `${folder}/${name}` : name
}
