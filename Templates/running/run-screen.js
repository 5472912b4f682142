import { base, get, post } from "../shared/http.js"
import { element } from "../shared/element.js"
import { clockOrDate } from "../shared/times.js"
import { InputQueue } from "./input-queue.js"
import { OutputTrack, fromBase64, gap } from "./output.js"
import { PlainOutput } from "./plain-output.js"
import { loadTerminal } from "./terminal-modules.js"
import { wholeOutput } from "./whole-output.js"

/// A terminal that shows one run at a time, from its first byte, whether the run began here, in another tab or before
/// a reload. The terminal's modules are loaded for the first run. Fires "update" when `run` is known anew, "state" when
/// its state is another one, "output" when there are new words, and "size" when its lines are other ones.
export class RunScreen extends EventTarget {
  #live
  #nonce
  #links
  #note = element("p", { class: "log-note" })
  #screen = element("div", { class: "log-screen" })
  #text = new PlainOutput()
  #log
  #terminal = null
  #leaveChannel = null
  #track = new OutputTrack()
  #decoder = new TextDecoder()
  #fetching = false
  #fetchAgain = false
  #ended = true
  #sizeTimer = null
  #input = null
  #closing = null
  run = null

  /// `links` as for `Terminal`.
  constructor(label, { live, nonce, links }) {
    super()
    this.#links = links
    this.#live = live
    this.#nonce = nonce
    this.#log = element("div", {
      "class": "log", "role": "log", "aria-label": label, "aria-describedby": "console-keys"
    }, this.#note, this.#screen, this.#text.element)
    this.#text.addEventListener("change", () => this.dispatchEvent(new Event("output")))
  }

  start(place) {
    place.append(this.#log)
    this.#log.addEventListener("click", this.#focus)
  }

  stop() {
    this.#text.stop()
    this.#leaveChannel?.()
    this.#terminal?.stop()
    this.#log.remove()
  }

  get isLive() {
    return this.run !== null && this.run.state !== "finished"
  }

  /// Says something about the screen itself above the output, with what can be done, if anything: a button or a link.
  say(words, { label, href, act } = {}) {
    this.#note.replaceChildren(words)
    if (href) this.#note.append(" ", element("a", { class: "link", href }, label))
    else if (act) this.#note.append(" ", element("button", { class: "link", type: "button", click: act }, label))
  }

  /// Loads the terminal if it isn't there, and clears what was said. Gives the terminal's size.
  async prepare() {
    this.say("")
    const Terminal = await loadTerminal()
    this.#terminal ??= new Terminal(this.#screen, {
      nonce: this.#nonce, links: this.#links, onInput: this.#typed, onSize: this.#sized
    })
    return this.#terminal.size
  }

  /// Loads the terminal's modules ahead of the first run, for when the page has nothing else to do.
  preload() {
    loadTerminal().catch(() => {})
  }

  /// Shows a run from its first byte and follows it to its end.
  async show(run) {
    await this.prepare()
    this.#leaveChannel?.()
    this.#terminal.reset()
    this.#terminal.takeTab(true)
    this.#text.reset()
    this.#track = new OutputTrack()
    this.#decoder = new TextDecoder()
    this.#ended = false
    this.#input = new InputQueue(bytes => post(`/runs/${run.id}/input`, bytes))
    this.#update(run)
    this.#leaveChannel = this.#live.join(`run/${run.id}`, message => this.#hear(run.id, message))
    this.#fetch()
  }

  /// Tells the run the size that its terminal has here, when it began at another.
  resize() {
    if (this.#terminal) this.#sized(this.#terminal.size)
  }

  focus() {
    this.#terminal?.focus()
  }

  /// Empties the view; what was printed stays with the site. A program that waits for an answer keeps its question.
  clear() {
    if (this.isLive) this.#terminal.clear()
    else this.#terminal.reset()
    this.#text.clear()
    this.dispatchEvent(new Event("output"))
  }

  /// All of the output as plain text; of a terminal, what is on its screen and above.
  async text() {
    if (!this.run.isTerminal) return wholeOutput(this.run.id)
    return this.lines.map(line => line.text).join("\n")
  }

  /// Whether a program draws the whole screen, as editors do.
  get isFullScreen() {
    return this.#terminal?.isFullScreen ?? false
  }

  get lines() {
    return this.#terminal?.lines ?? []
  }

  get firstRow() {
    return this.#terminal?.firstRow ?? 0
  }

  mark(match) {
    this.#terminal.mark(match)
  }

  unmark() {
    this.#terminal?.unmark()
  }

  #hear(id, message) {
    if (this.run.id !== id) return
    if (message.data && "offset" in message.data) this.#receive(message.data.offset, fromBase64(message.data.bytes))
    else this.#fetch()
  }

  #receive(offset, bytes) {
    const fresh = this.#track.take(offset, bytes)
    if (fresh === null) this.#fetch()
    else if (fresh.length) {
      this.#warn(null)
      this.#write(fresh)
    }
  }

  // A terminal that nobody uses is closed at last; `closes` is when, as long as that is near. The words lie over the
  // screen: a screen of another size makes the shell draw its line anew, which would count as use.
  #warn(closes) {
    const time = closes && clockOrDate(closes)
    // Whoever is about to press the button keeps it.
    if (time === this.#closing) return
    this.#closing = time
    this.#note.classList.toggle("is-over", time !== null)
    if (time) this.#offerToKeep(`This terminal closes at ${time} unless it is used.`)
    else this.say("")
  }

  #offerToKeep(words) {
    this.say(words, { label: "Keep it open", act: this.#keepOpen })
  }

  #keepOpen = () => {
    this.focus()
    const { id } = this.run
    post(`/runs/${id}/input`, new Uint8Array(0))
      .then(() => this.#fetch(), failure => this.#offerToKeep(failure.message))
  }

  #write(bytes) {
    this.#terminal.write(bytes)
    this.#text.push(this.#decoder.decode(bytes, { stream: true }))
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
    const missing = answer.from - track.length
    // Of a terminal nobody expects the beginning.
    if (track.skipTo(answer.from) && !this.run.isTerminal) this.#noteGap(missing)
    this.#receive(answer.from, fromBase64(answer.bytes))
    this.#warn(answer.closes ?? null)
    this.#update(answer.run)
    if (track.length < answer.length) this.#fetchAgain = true
    else if (answer.run.state === "finished") this.#end()
  }

  #noteGap(bytes) {
    this.#terminal.note(gap(bytes))
    this.#text.push(`\n${gap(bytes)}\n`)
  }

  #end() {
    if (this.#ended) return
    this.#ended = true
    this.#leaveChannel?.()
    this.#leaveChannel = null
    const words = this.run.message ?? this.run.outcome?.words
    if (words) {
      this.#terminal.say(words)
      this.#text.push(`\n${words}\n`)
    }
    this.#terminal.takeTab(false)
    const { run } = this
    this.#terminal.settled(() => {
      if (this.run === run && !run.isTerminal && this.#terminal.isFull) this.#sayLong()
    })
  }

  #sayLong() {
    const page = { label: "Its beginning and end", href: `${base()}/runs/${this.run.id}` }
    this.say("The output is long, and only its last lines are shown here.", page)
  }

  #update(run) {
    const before = this.run
    this.run = run
    this.dispatchEvent(new Event("update"))
    if (before?.id !== run.id || before.state !== run.state) this.dispatchEvent(new Event("state"))
  }

  #typed = bytes => {
    if (this.isLive) this.#input.push(bytes)
  }

  #sized = size => {
    this.dispatchEvent(new Event("size"))
    clearTimeout(this.#sizeTimer)
    this.#sizeTimer = setTimeout(() => {
      if (this.isLive) post(`/runs/${this.run.id}/size`, size).catch(() => {})
    }, 150)
  }

  // A click anywhere goes to the terminal, but not while its text is being selected.
  #focus = () => {
    if (document.getSelection().isCollapsed) this.focus()
  }
}
