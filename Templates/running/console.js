import { get, post } from "../shared/http.js"
import { element } from "../shared/element.js"
import { InputQueue } from "./input-queue.js"
import { OutputTrack, clock, fromBase64 } from "./output.js"
import { PlainText } from "./plain-text.js"

const LINES = 500

/// The console: a terminal that shows one run at a time, from its first byte, whether the run began here, in another
/// tab or before a reload. The terminal's modules are loaded for the first run. Fires "state" when `run` changes.
export class Console extends EventTarget {
  #body
  #words
  #live
  #nonce
  #skew
  #note = element("p", { class: "log-note" })
  #screen = element("div", { class: "log-screen" })
  #text = element("div", { class: "log-text" })
  #log
  #terminal = null
  #loading = null
  #leaveChannel = null
  #track = new OutputTrack()
  #plain = new PlainText()
  #decoder = new TextDecoder()
  #fetching = false
  #fetchAgain = false
  #ended = true
  #timer = null
  #sizeTimer = null
  #input = null
  run = null

  /// `skew` is the server's clock less this one, in milliseconds.
  constructor(body, words, { live, nonce, skew }) {
    super()
    this.#body = body
    this.#words = words
    this.#live = live
    this.#nonce = nonce
    this.#skew = skew
    this.#log = element("div", {
      "class": "log", "role": "log", "aria-label": "Console", "aria-describedby": "console-keys"
    }, this.#note, this.#screen, this.#text)
  }

  start() {
    this.#body.append(this.#log)
    this.#log.addEventListener("click", this.#focus)
    this.say("Press Run to start the program. Its output appears here, and you can answer it.")
  }

  stop() {
    clearInterval(this.#timer)
    this.#leaveChannel?.()
    this.#terminal?.stop()
    this.#log.remove()
  }

  get isLive() {
    return this.run !== null && this.run.state !== "finished"
  }

  /// Says something about the console itself above the output, with a button for what can be done, if anything.
  say(words, action = null) {
    this.#note.replaceChildren(words)
    if (action) {
      this.#note.append(" ", element("button", { class: "link", type: "button", click: action.act }, action.label))
    }
  }

  /// Loads the terminal if it isn't there, and clears what was said. Gives the terminal's size.
  async prepare() {
    this.say("")
    const Terminal = await this.#loaded()
    this.#terminal ??= new Terminal(this.#screen, { nonce: this.#nonce, onInput: this.#typed, onSize: this.#sized })
    return this.#terminal.size
  }

  /// Loads the terminal's modules ahead of the first run, for when the page has nothing else to do.
  preload() {
    this.#loaded().catch(() => {})
  }

  /// Shows a run from its first byte and follows it to its end.
  async show(run) {
    await this.prepare()
    this.#leaveChannel?.()
    this.#terminal.reset()
    this.#terminal.takeTab(true)
    this.#text.replaceChildren()
    this.#track = new OutputTrack()
    this.#plain = new PlainText()
    this.#decoder = new TextDecoder()
    this.#ended = false
    this.#input = new InputQueue(bytes => post(`/runs/${run.id}/input`, bytes))
    this.#update(run)
    this.#leaveChannel = this.#live.join(`run/${run.id}`, message => this.#hear(run.id, message))
    this.#fetch()
  }

  focus() {
    this.#terminal?.focus()
  }

  #loaded() {
    this.#loading ??= this.#load().catch(() => {
      this.#loading = null
      throw new Error("The terminal can’t be loaded now. Check your connection and press Run again.")
    })
    return this.#loading
  }

  // A module that could not be fetched stays failed as long as the page lives. So its files are fetched by themselves
  // first: what fails then can be tried again, and what comes is in the browser's cache.
  async #load() {
    const files = ["./terminal.js", "../vendor/xterm/index.js"].map(name => new URL(name, import.meta.url))
    const answers = await Promise.all(files.map(file => fetch(file)))
    if (!answers.every(answer => answer.ok)) throw new Error("The terminal's files are not there.")
    const style = element("link", { rel: "stylesheet", href: new URL("../vendor/xterm/xterm.css", import.meta.url) })
    const styled = new Promise(resolve => {
      style.addEventListener("load", resolve)
      style.addEventListener("error", resolve)
    })
    document.head.append(style)
    const [{ Terminal }] = await Promise.all([import("./terminal.js"), styled])
    return Terminal
  }

  #hear(id, message) {
    if (this.run.id !== id) return
    if (message.data && "offset" in message.data) this.#receive(message.data.offset, fromBase64(message.data.bytes))
    else this.#fetch()
  }

  #receive(offset, bytes) {
    const fresh = this.#track.take(offset, bytes)
    if (fresh === null) this.#fetch()
    else if (fresh.length) this.#write(fresh)
  }

  #write(bytes) {
    this.#terminal.write(bytes)
    this.#mirror(this.#decoder.decode(bytes, { stream: true }))
  }

  // Asks for what isn't known yet, until there is no more. The end of a run is taken from here only, so that it never
  // overtakes the last of the output.
  async #fetch() {
    this.#fetchAgain = true
    if (this.#fetching) return
    this.#fetching = true
    try {
      while (this.#fetchAgain) {
        this.#fetchAgain = false
        await this.#fetchOnce()
      }
    } catch (failure) {
      if (!failure.isPassing) this.say(failure.message)
      else setTimeout(() => this.#fetch(), 2000)
    } finally {
      this.#fetching = false
    }
  }

  async #fetchOnce() {
    const track = this.#track
    const answer = await get(`/runs/${this.run.id}/output?from=${track.length}`)
    if (track !== this.#track) {
      this.#fetchAgain = true
      return
    }
    if (track.skipTo(answer.from)) this.say("The output is long: this is its end.")
    this.#receive(answer.from, fromBase64(answer.bytes))
    this.#update(answer.run)
    if (track.length < answer.length) this.#fetchAgain = true
    else if (answer.run.state === "finished") this.#end()
  }

  #end() {
    if (this.#ended) return
    this.#ended = true
    this.#leaveChannel?.()
    this.#leaveChannel = null
    const words = this.run.message ?? this.run.outcome?.words
    if (words) {
      this.#terminal.say(words)
      this.#mirror(`\n${words}\n`)
    }
    this.#terminal.takeTab(false)
  }

  #update(run) {
    const before = this.run
    this.run = run
    clearInterval(this.#timer)
    if (this.isLive) this.#timer = setInterval(this.#tick, 1000)
    this.#tick()
    if (before?.id !== run.id || before.state !== run.state) this.dispatchEvent(new Event("state"))
  }

  #tick = () => {
    const { state, started, outcome, message } = this.run
    this.#words.dataset.kind = this.isLive ? "live" : outcome?.kind ?? "fault"
    if (state === "starting") this.#words.textContent = "Starting…"
    else if (state === "running") this.#words.textContent = `Running since ${clock(Date.now() + this.#skew - started)}`
    else this.#words.textContent = message ?? outcome?.words ?? ""
  }

  #mirror(text) {
    const { lines, line } = this.#plain.push(text)
    const open = this.#text.lastElementChild ?? this.#text.appendChild(element("div"))
    const [first, ...rest] = [...lines, line]
    if (open.textContent !== first) open.textContent = first
    for (const next of rest) this.#text.append(element("div", {}, next))
    while (this.#text.childElementCount > LINES) this.#text.firstElementChild.remove()
  }

  #typed = bytes => {
    if (this.isLive) this.#input.push(bytes)
  }

  #sized = size => {
    clearTimeout(this.#sizeTimer)
    this.#sizeTimer = setTimeout(() => {
      if (this.isLive) post(`/runs/${this.run.id}/size`, size).catch(() => {})
    }, 150)
  }

  // A click anywhere in the console goes to the terminal, but not while its text is being selected.
  #focus = () => {
    if (document.getSelection().isCollapsed) this.focus()
  }
}
