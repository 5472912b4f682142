import { confirm } from "../shared/dialog.js"
import { element } from "../shared/element.js"
import { base } from "../shared/http.js"
import { toast } from "../shared/toast.js"
import { takeDrops } from "./stray-drops.js"
import { droppedFiles, isArchive, requestsOf, together, wordsOf } from "./upload-model.js"

const CHOOSERS = [
  ["upload-files", "Upload files", { multiple: true }], ["upload-folder", "Upload folder", { webkitdirectory: true }]
]

/// Uploads by button and by drag and drop: at the foot of the files, with progress and a way to cancel. Fires "change"
/// (the project's files must be read again).
export class Uploads extends EventTarget {
  #foot
  #panel
  #project
  #request = null
  #progress
  #words
  #state
  #isCancelled = false
  #inputs = new Map()
  // Whether one is going on, or a question of its is open; the next one begins after that.
  #turn = Promise.resolve()

  /// `foot` is where the buttons go, `panel` where files may be dropped.
  constructor(foot, panel, { project }) {
    super()
    this.#foot = foot
    this.#panel = panel
    this.#project = project
  }

  start() {
    const [files, folder] = CHOOSERS.map(([, label, attributes]) => this.#chooser(label, attributes))
    this.#progress = element("progress", { "max": 1, "value": 0, "aria-label": "Upload" })
    this.#words = element("span", { role: "status" })
    const cancel = element("button", { class: "link", type: "button", click: this.#cancel }, "Cancel")
    this.#state = element("p", { class: "upload-state", hidden: true }, this.#progress, this.#words, cancel)
    this.#foot.prepend(files, folder)
    this.#foot.append(this.#state)
    this.#panel.addEventListener("dragover", this.#over)
    this.#panel.addEventListener("dragleave", this.#leave)
    this.#panel.addEventListener("drop", this.#drop)
    takeDrops(this.#panel)
  }

  stop() {
    takeDrops(null)
    this.#cancel()
    this.#panel.removeEventListener("dragover", this.#over)
    this.#panel.removeEventListener("dragleave", this.#leave)
    this.#panel.removeEventListener("drop", this.#drop)
  }

  /// The same buttons as commands.
  get commands() {
    return CHOOSERS.map(([name, title]) => ({ name, title, group: "File", act: () => this.#inputs.get(title).click() }))
  }

  /// Uploads `{ path, file }` each, after what is on its way. Each request is taken whole or not at all.
  upload(items) {
    return this.#inTurn(async () => {
      if (!items.length) return
      const report = await this.#sendAll(items, "keep")
      if (!report) return
      const paths = new Set(thereAlready(report))
      toast(wordsOf(report))
      const there = items.filter(({ path }) => paths.has(path))
      await this.#askToReplace(there.map(({ path }) => path), () => this.#sendAll(there, "replace"))
    })
  }

  #inTurn(act) {
    return this.#turn = this.#turn.then(act).catch(failure => toast(failure.message, { kind: "bad" }))
  }

  // `replace` gives a report of what it did, or null.
  async #askToReplace(paths, replace) {
    if (!paths.length) return
    await confirm({
      title: "Replace files",
      text: `The project has ${listed(paths)} already. What a text was before stays in its history.`,
      action: paths.length === 1 ? "Replace it" : `Replace ${paths.length} files`,
      danger: true,
      submit: async () => {
        const report = await replace()
        if (report) toast(wordsOf(report))
        return true
      }
    })
  }

  #chooser(label, attributes) {
    const input = element("input", { "type": "file", "hidden": true, "aria-label": label, ...attributes })
    input.addEventListener("change", () => {
      const items = [...input.files].map(file => ({ path: file.webkitRelativePath || file.name, file }))
      input.value = ""
      this.upload(items)
    })
    this.#inputs.set(label, input)
    const press = () => input.click()
    return element("span", {}, element("button", { class: "link", type: "button", click: press }, label), input)
  }

  async #sendAll(items, existing) {
    const total = items.reduce((sum, { file }) => sum + file.size, 0)
    const reports = []
    let done = 0
    this.#isCancelled = false
    this.#show(0, total)
    try {
      for (const request of requestsOf(items)) {
        const show = sent => this.#show(done + sent, total)
        reports.push(await this.#send("uploads", request, "files", { existing }, show))
        done += request.reduce((sum, { file }) => sum + file.size, 0)
        if (this.#isCancelled) break
      }
      return together(reports)
    } catch (failure) {
      const before = reports.length ? ` ${wordsOf(together(reports))}` : ""
      toast(`${failure.message}${before}`, { kind: "bad" })
      return null
    } finally {
      this.#state.hidden = true
      if (reports.length) this.dispatchEvent(new Event("change"))
    }
  }

  #unpack(file, into) {
    return this.#inTurn(async () => {
      let report = null
      await confirm({
        title: "Unpack archive",
        text: `The files in ${file.name} come into ${into || "the top folder of the project"}. Those that are there ` +
          "already stay as they are, unless you want them replaced.",
        action: "Unpack",
        submit: async () => {
          report = await this.#sendArchive(file, { into, existing: "keep" })
          toast(wordsOf(report))
          return true
        }
      })
      if (!report) return
      await this.#askToReplace(thereAlready(report), () => this.#sendArchive(file, { into, existing: "replace" }))
    })
  }

  async #sendArchive(file, fields) {
    try {
      const show = sent => this.#show(sent, file.size)
      const report = await this.#send("imports", [{ path: file.name, file }], "archive", fields, show)
      this.dispatchEvent(new Event("change"))
      return report
    } finally {
      this.#state.hidden = true
    }
  }

  // Not fetch: it does not tell how far an upload is.
  #send(place, items, field, fields, progress) {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.append(name, value)
    for (const { path, file } of items) form.append(field, file, path)
    const request = this.#request = new XMLHttpRequest()
    request.open("POST", `${base()}/projects/${this.#project}/${place}`)
    request.setRequestHeader("Accept", "application/json")
    request.setRequestHeader("X-CSRF-Token", document.querySelector("meta[name=csrf-token]")?.content ?? "")
    request.responseType = "json"
    return new Promise((resolve, reject) => {
      request.upload.addEventListener("progress", event => progress(event.loaded))
      request.addEventListener("abort", () => reject(new Error("The upload was cancelled.")))
      request.addEventListener("error", () => reject(new Error("The site doesn’t answer. Check your connection.")))
      request.addEventListener("load", () => {
        if (request.status < 300 && request.response) resolve(request.response)
        else if (request.status === 413) reject(new Error("That is too large to be uploaded."))
        else reject(new Error(request.response?.message ?? "The site refused this."))
      })
      // The next one may have begun by now.
      request.addEventListener("loadend", () => { if (this.#request === request) this.#request = null })
      request.send(form)
    })
  }

  #show(sent, total) {
    const share = total ? Math.min(1, sent / total) : 1
    this.#state.hidden = false
    this.#progress.value = share
    this.#words.textContent = share < 1 ? `Uploading, ${Math.floor(share * 100)} %` : "Taking it in"
  }

  #cancel = () => {
    this.#isCancelled = true
    this.#request?.abort()
  }

  #over = event => {
    if (!event.dataTransfer.types.includes("Files")) return
    event.preventDefault()
    event.dataTransfer.dropEffect = "copy"
    this.#panel.toggleAttribute("data-drop", true)
  }

  #leave = event => {
    if (!this.#panel.contains(event.relatedTarget)) this.#panel.removeAttribute("data-drop")
  }

  #drop = async event => {
    this.#panel.removeAttribute("data-drop")
    if (!event.dataTransfer.types.includes("Files")) return
    event.preventDefault()
    const folder = folderAt(event.target)
    const items = await droppedFiles(event.dataTransfer).catch(() => [])
    if (!items.length) return toast("Nothing in this can be read.", { kind: "bad" })
    if (items.length === 1 && isArchive(items[0].path)) return this.#unpack(items[0].file, folder)
    await this.upload(items.map(({ path, file }) => ({ path: folder + path, file })))
  }
}

// What is dropped on a folder of the tree goes into it, and what is dropped on a file beside it.
function folderAt(target) {
  const row = target.closest?.("[role=treeitem]")
  if (!row) return ""
  const path = row.dataset.path
  if (row.hasAttribute("aria-expanded")) return `${path}/`
  return path.slice(0, path.lastIndexOf("/") + 1)
}

// The paths of those that were left out because the project has them.
function thereAlready(report) {
  return report.leftOut.filter(({ exists }) => exists).map(({ name }) => name)
}

function listed(paths) {
  const names = paths.slice(0, 5).join(", ")
  return paths.length > 5 ? `${names} and ${paths.length - 5} more` : names
}
