import { Panes } from "../shared/panes.js"
import { Separator } from "../shared/separator.js"
import { toast } from "../shared/toast.js"

const HIDDEN = "hidden-panels"
const SIDE = "side-panel"

/// Where the workbench's panels are: borders that move, panels that go and come back, and on a phone one at a time.
export class Layout {
  #work
  #kept
  #panes
  #hidden
  #side
  #sidePanel = null

  /// `focus` has a function for each panel: files, code, console. `menu` is the menu of the bar, for the phone's.
  /// `side` loads the panel at the right: given what closes it, it gives a `SidePanel`.
  constructor(work, { kept, menu, focus, side }) {
    this.#work = work
    this.#kept = kept
    this.#side = side
    this.#hidden = new Set([kept.read(HIDDEN) ?? []].flat())
    this.#panes = new Panes(work, [
      { name: "files", label: "Files", focus: () => this.#enter("files", focus.files) },
      { name: "code", label: "Code", focus: focus.code },
      { name: "console", label: "Console", focus: () => this.#enter("console", focus.console) },
      { name: "side", isThere: () => this.#sidePanel !== null, focus: () => this.#sidePanel?.focus() }
    ], menu)
  }

  start() {
    const work = this.#work
    const [files, output] = ["files", "console"].map(id => document.getElementById(id))
    new Separator(work, {
      kept: this.#kept, property: "--files-width", label: "Width of the files", controls: "files", vertical: true,
      least: 140, most: () => work.clientWidth * 0.5, measure: () => files.offsetWidth
    }).start()
    new Separator(work, {
      kept: this.#kept, property: "--console-height", label: "Height of the console", controls: "console",
      vertical: false, least: 64, most: () => work.clientHeight * 0.8, measure: () => output.offsetHeight
    }).start()
    this.#panes.start("code")
    this.#draw()
  }

  /// Shows a panel: brings it back, and where only one fits, makes it that.
  show(name) {
    this.#hide(name, false)
    this.#panes.show(name)
  }

  /// Shows a panel and goes into it.
  go(name) {
    this.#hide(name, false)
    this.#panes.go(name)
  }

  /// Hides a panel, or brings it back. Whoever was in it is in the code then.
  toggle(name) {
    const hide = !this.#hidden.has(name)
    const hadFocus = document.getElementById(name).contains(document.activeElement)
    this.#hide(name, hide)
    if (hide && hadFocus) this.#panes.go("code")
    else if (!hide) this.#panes.go(name)
  }

  /// Whether there is a panel at the right, or will be as soon as it is loaded.
  get hasSide() {
    return this.#kept.read(SIDE) === true
  }

  /// Fills the place of the panel at the right, if it was open when the page was left.
  async restoreSide() {
    if (!this.hasSide || this.#sidePanel) return
    const panel = await this.#side(() => this.closeSide())
    if (!this.hasSide || this.#sidePanel) return
    this.#sidePanel = panel
    panel.start()
  }

  /// Opens the panel at the right and goes there.
  async openSide() {
    this.#keepSide(true)
    try {
      await this.restoreSide()
      this.#panes.go("side")
    } catch (failure) {
      this.closeSide()
      toast(failure.message, { kind: "bad" })
    }
  }

  /// Takes the panel at the right away. Whoever was in it is in the code then.
  closeSide() {
    const hadFocus = this.#sidePanel?.hasFocus
    this.#keepSide(null)
    this.#sidePanel?.stop()
    this.#sidePanel = null
    if (hadFocus || this.#work.dataset.pane === "side") this.#panes.go("code")
  }

  toggleSide() {
    return this.#sidePanel ? this.closeSide() : this.openSide()
  }

  #keepSide(isOpen) {
    this.#kept.write(SIDE, isOpen)
    this.#draw()
  }

  #enter(name, focus) {
    this.#hide(name, false)
    focus()
  }

  #hide(name, isHidden) {
    if (this.#hidden.has(name) === isHidden) return
    if (isHidden) this.#hidden.add(name)
    else this.#hidden.delete(name)
    this.#kept.write(HIDDEN, [...this.#hidden])
    this.#draw()
  }

  #draw() {
    // Room is kept from the first moment, so that nothing moves when the panel comes.
    this.#work.classList.toggle("with-side", this.hasSide)
    document.getElementById("show-side")?.setAttribute("aria-pressed", String(this.hasSide))
    for (const name of ["files", "console"]) this.#work.classList.toggle(`without-${name}`, this.#hidden.has(name))
  }
}
