import { later } from "../shared/later.js"
import { toast } from "../shared/toast.js"

const address = path => new URL(path, import.meta.url)
const NAMES = [
  "arranging", "file-commands", "file-icons", "file-tree", "files-panel", "new-folders", "tree-drag", "tree-model",
  "tree-rows", "tree-selection"
]
const loadPanel = later("The tree of files", {
  files: [...NAMES.map(name => address(`../editing/${name}.js`)), address("../shared/popup-menu.js")],
  style: address("../editing/tree.css"),
  load: async () => (await import("../editing/files-panel.js")).FilesPanel
})

/// Puts the tree where the links to the files are that came with the page. `files` are the `ProjectFiles`.
export async function showFiles(files, { boot, commands, kept }) {
  try {
    const FilesPanel = await loadPanel()
    const panel = new FilesPanel(document.getElementById("tree"), document.getElementById("file-tools"), {
      project: boot.project.id, mayEdit: boot.may.edit, commands, kept
    })
    panel.start()
    await files.showIn(panel)
  } catch (failure) {
    const again = { label: "Try again", act: () => showFiles(files, { boot, commands, kept }) }
    toast(failure.message, { kind: "bad", action: again })
  }
}
