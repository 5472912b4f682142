import { post } from "../shared/http.js"
import { element } from "../shared/element.js"
import { CROSS, PLUS, tool } from "../shared/tool.js"
import { asksForSearch } from "./find.js"
import { OutputSearch } from "./output-search.js"
import { OutputTools } from "./output-tools.js"
import { RunScreen } from "./run-screen.js"

/// The tabs of the output panel: the console, what other parts add, and a terminal each. A terminal that was opened in
/// another tab of the browser, or before a reload, is here too.
export class OutputTabs {
  #project
  #options
  #body
  #list = element("div", { "role": "tablist", "aria-label": "Output", "class": "tabs" })
  #add = tool("New terminal", PLUS, () => this.open(), "Ctrl+`")
  #close = tool("Close terminal", CROSS, () => this.#shut(this.#current))
  #words
  #search
  #tools
  #tabs = []
  #current = null
  #number = 0
  #opening = false
  #canOpen

  /// `head` is the panel's head with its heading; `words` are hidden while a terminal is shown. `canOpen` says whether
  /// there are terminals for this reader at all.
  constructor(head, body, words, { console, project, live, nonce, links, canOpen }) {
    this.#project = project
    this.#canOpen = canOpen
    this.#options = { live, nonce, links }
    this.#body = body
    this.#words = words
    this.#search = new OutputSearch(body)
    this.#tools = new OutputTools(this.#search)
    head.querySelector("h2").classList.add("visually-hidden")
    head.classList.add("with-tabs")
    head.prepend(this.#list, element("div", { class: "panel-tools" }, this.#close))
    if (canOpen) this.#close.before(this.#add)
    words.after(this.#tools.element)
    this.#current = this.#insert("Console", console)
  }

  /// `terminals` are the runs of those that are open.
  start(terminals) {
    this.#list.addEventListener("keydown", this.#pressed)
    new ResizeObserver(this.#reveal).observe(this.#list)
    this.#body.parentElement.addEventListener("keydown", this.#pressedWithin)
    for (const run of terminals) this.notice(run)
    this.showConsole()
  }

  /// Opens a terminal and shows it.
  async open() {
    if (this.#opening) return
    this.#opening = true
    const tab = this.#insertTerminal()
    this.#show(tab)
    try {
      const size = await tab.screen.prepare()
      tab.screen.say("Opening…")
      const { run } = await post(`/projects/${this.#project}/terminals`, size)
      tab.id = run.id
      await tab.screen.show(run)
      tab.screen.focus()
    } catch (failure) {
      tab.screen.say(failure.message)
    } finally {
      this.#opening = false
    }
  }

  /// A terminal of this project was opened or has ended somewhere.
  notice(run) {
    if (this.#opening || run.state === "finished" || this.#tabs.some(tab => tab.id === run.id)) return
    const tab = this.#insertTerminal()
    tab.id = run.id
    tab.screen.show(run).then(() => tab.screen.resize(), failure => tab.screen.say(failure.message))
  }

  /// Adds a tab beside the console, and gives `{ panel, show(), isShown, count(number) }`: where its content goes, what
  /// shows it, and what writes a number beside its name. `focus()` puts the focus into its content.
  add(name, focus) {
    const number = element("span", { class: "badge", hidden: true })
    const tab = this.#insert(name, null, { focus, place: 1 })
    tab.button.append(" ", number)
    const { panel } = tab
    return {
      panel,
      show: () => this.#show(tab),
      get isShown() {
        return !panel.hidden
      },
      count(count) {
        number.textContent = count
        number.hidden = count === 0
      }
    }
  }

  showConsole() {
    this.#show(this.#tabs[0])
  }

  /// Shows the newest terminal, or opens the first one.
  showTerminal() {
    const terminal = this.#tabs.findLast(tab => tab.isTerminal)
    if (!terminal) return this.open()
    this.#show(terminal)
    this.focus()
  }

  focus() {
    this.#current.focus()
  }

  #insertTerminal() {
    this.#number += 1
    const name = `Terminal ${this.#number}`
    return this.#insert(name, new RunScreen(name, this.#options), { isTerminal: true })
  }

  #insert(name, screen, { isTerminal = false, focus = () => screen.focus(), place = this.#tabs.length } = {}) {
    const id = `output-${name.toLowerCase().replace(" ", "-")}`
    const button = element("button", {
      "role": "tab", "type": "button", "id": `${id}-tab`, "aria-controls": id, "aria-selected": "false",
      "tabindex": "-1", "class": "tab"
    }, name)
    const panel = element("div", {
      "role": "tabpanel", id, "aria-labelledby": `${id}-tab`, "class": "tab-panel", "hidden": true
    })
    const tab = { id: null, name, button, panel, screen, isTerminal, focus }
    button.addEventListener("click", () => {
      this.#show(tab)
      focus()
    })
    this.#list.insertBefore(button, this.#tabs[place]?.button ?? null)
    this.#tabs.splice(place, 0, tab)
    this.#body.append(panel)
    screen?.start(panel)
    return tab
  }

  #show(tab) {
    if (this.#current !== tab) this.#search.close(false)
    this.#current = tab
    if (tab.screen) this.#tools.show(tab.screen)
    this.#tools.element.hidden = !tab.screen
    for (const other of this.#tabs) {
      const isShown = other === tab
      other.button.setAttribute("aria-selected", String(isShown))
      other.button.tabIndex = isShown ? 0 : -1
      other.panel.hidden = !isShown
    }
    this.#words.hidden = tab !== this.#tabs[0]
    this.#close.hidden = !tab.isTerminal
    this.#close.setAttribute("aria-label", `Close ${tab.name}`)
    this.#close.title = `Close ${tab.name}`
    this.#reveal()
  }

  // What stands beside the tabs takes its room first.
  #reveal = () => this.#current.button.scrollIntoView({ block: "nearest", inline: "nearest" })

  // The terminal goes from the page at once; that it ends is the site's business.
  #shut(tab) {
    const place = this.#tabs.indexOf(tab)
    if (tab.screen.isLive) post(`/runs/${tab.id}/cancellation`).catch(() => {})
    tab.screen.stop()
    tab.button.remove()
    tab.panel.remove()
    this.#tabs.splice(place, 1)
    const before = this.#tabs[place - 1]
    this.#show(this.#tabs[place] ?? (before.isTerminal ? before : this.#tabs[0]))
    this.#current.button.focus()
  }

  #pressed = event => {
    const place = this.#tabs.indexOf(this.#current)
    const last = this.#tabs.length - 1
    const next = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: last }[event.key]
    if (event.key === "Delete" && this.#current.isTerminal) this.#shut(this.#current)
    else if (next === undefined) return
    else this.#show(this.#tabs[(next + this.#tabs.length) % this.#tabs.length])
    this.#current.button.focus()
    event.preventDefault()
  }

  // A program that draws the whole screen gets the key itself.
  #pressedWithin = event => {
    const { screen } = this.#current
    if (!screen?.run || screen.isFullScreen || !asksForSearch(event)) return
    event.preventDefault()
    this.#search.open(screen)
  }
}
