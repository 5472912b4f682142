import { FitAddon, Terminal as Screen } from "xterm"
import { copy } from "../shared/clipboard.js"
import { isApple, isPressed } from "../shared/keys.js"
import { preferences, watchPreferences } from "../shared/preferences.js"
import { toast } from "../shared/toast.js"
import { asksForSearch } from "./find.js"
import { placesIn } from "./places.js"
import { cellAt, lineAt, linesOf } from "./terminal-lines.js"

/// Lines that are kept above those that are seen.
export const SCROLLBACK = 5000

const COLOURS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"]

/// A terminal in the page. `onInput(bytes)` gets what is typed, `onSize({ rows, columns })` a new size. `links` is
/// `{ find(path), go(file, line) }`, for the lines of files that the output names.
export class Terminal {
  #screen
  #fit = new FitAddon()
  #observer
  #endPreferences
  #isForProgram = true
  #links

  constructor(host, { nonce, links, onInput, onSize }) {
    const encoder = new TextEncoder()
    this.#screen = new Screen({
      documentOverride: withNonce(document, nonce),
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue("--mono"),
      fontSize: fontSize(),
      lineHeight: 1.25,
      scrollback: SCROLLBACK,
      cursorBlink: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      minimumContrastRatio: 4.5,
      theme: colours()
    })
    this.#screen.loadAddon(this.#fit)
    this.#screen.open(host)
    allowColours(this.#screen)
    this.#screen.attachCustomKeyEventHandler(this.#takes)
    this.#links = links
    this.#screen.registerLinkProvider({ provideLinks: (row, take) => take(this.#linksIn(row - 1)) })
    this.#screen.onData(text => onInput(encoder.encode(text)))
    this.#screen.onBinary(text => onInput(Uint8Array.from(text, character => character.charCodeAt(0))))
    this.#screen.onResize(({ rows, cols }) => onSize({ rows, columns: cols }))
    this.#observer = new ResizeObserver(() => this.#fitSoon())
    this.#observer.observe(host)
    this.#endPreferences = watchPreferences(this.#dress)
    this.#fit.fit()
  }

  get size() {
    return { rows: this.#screen.rows, columns: this.#screen.cols }
  }

  write(bytes) {
    this.#screen.write(bytes)
  }

  /// Says something of our own, on a line of its own.
  say(words) {
    this.#screen.write("", () => {
      const { cursorX, type } = this.#screen.buffer.active
      const leave = type === "alternate" ? "\u001b[?1049l" : ""
      const start = cursorX > 0 || leave ? "\r\n" : ""
      this.#screen.write(`${leave}\u001b[0m${start}\u001b[37m${words}\u001b[0m\r\n\u001b[?25l`)
    })
  }

  /// Says something of our own within the output.
  note(words) {
    this.#screen.write(`\u001b[0m\r\n\u001b[37m${words}\u001b[0m\r\n`)
  }

  /// Calls back when all that was written is there.
  settled(act) {
    this.#screen.write("", act)
  }

  /// Empties the screen for a new run.
  reset() {
    this.#screen.reset()
  }

  /// Empties the screen but for the line that is being written.
  clear() {
    this.#screen.clear()
  }

  /// Whether older lines had to make room.
  get isFull() {
    return this.#screen.buffer.normal.length >= this.#screen.rows + SCROLLBACK
  }

  /// Whether a program draws the whole screen, as editors do.
  get isFullScreen() {
    return this.#screen.buffer.active.type === "alternate"
  }

  /// What is on the screen and above it, as `linesOf` gives it.
  get lines() {
    return linesOf(this.#screen.buffer.active)
  }

  /// The first row that is seen.
  get firstRow() {
    return this.#screen.buffer.active.viewportY
  }

  /// Marks a match and shows it.
  mark({ line, index, length }) {
    const { buffer: { active }, cols, rows } = this.#screen
    const start = cellAt(active, line.row, index)
    const row = line.row + Math.floor(start / cols)
    this.#screen.select(start % cols, row, cellAt(active, line.row, index + length) - start)
    if (row < active.viewportY || row >= active.viewportY + rows) {
      this.#screen.scrollToLine(Math.max(0, row - Math.floor(rows / 2)))
    }
  }

  unmark() {
    this.#screen.clearSelection()
  }

  focus() {
    this.#screen.focus()
  }

  /// While nothing runs, Tab leaves the terminal like any other control, and the page's keys are the page's.
  takeTab(takes) {
    this.#isForProgram = takes
    this.#screen.element.toggleAttribute("data-takes-keys", takes)
  }

  stop() {
    this.#observer.disconnect()
    this.#endPreferences()
    this.#screen.dispose()
  }

  #takes = event => {
    if (event.key === "Tab") return this.#isForProgram
    if (this.#screen.hasSelection() && this.#asksForCopy(event)) {
      event.preventDefault()
      if (event.type === "keydown") copy(this.#screen.getSelection()).catch(sayNotCopied)
      return false
    }
    return event.key !== "F6" && (this.isFullScreen || !asksForSearch(event))
  }

  // By Control-C alone only when there is no program that it could interrupt. Browsers open their inspector by the key
  // that terminals elsewhere copy with.
  #asksForCopy(event) {
    return isPressed("Mod-Shift-c", event) || (isPressed("Mod-c", event) && (isApple || !this.#isForProgram))
  }

  // A link belongs to the row that is asked about when it touches it; cells are counted from 1, the last one included.
  #linksIn(row) {
    const { buffer: { active }, cols } = this.#screen
    const line = lineAt(active, row)
    const place = cell => ({ x: cell % cols + 1, y: line.row + Math.floor(cell / cols) + 1 })
    return placesIn(line.text, this.#links.find).map(found => ({
      text: line.text.slice(found.index, found.index + found.length),
      range: {
        start: place(cellAt(active, line.row, found.index)),
        end: place(cellAt(active, line.row, found.index + found.length) - 1)
      },
      activate: () => this.#links.go(found.file, found.line)
    })).filter(({ range }) => range.start.y <= row + 1 && range.end.y >= row + 1)
  }

  #fitSoon() {
    requestAnimationFrame(() => {
      if (this.#screen.element?.offsetParent) this.#fit.fit()
    })
  }

  #dress = () => {
    this.#screen.options.theme = colours()
    this.#screen.options.fontSize = fontSize()
    this.#fitSoon()
  }
}

// A line of output is read, not written: a little smaller than code.
function fontSize() {
  return preferences().codeSize - 1
}

function sayNotCopied() {
  toast("The browser does not let this page copy.", { kind: "bad" })
}

function colours() {
  const style = getComputedStyle(document.documentElement)
  const token = name => style.getPropertyValue(`--${name}`).trim()
  const theme = {
    background: token("bg"), foreground: token("ink"), cursor: token("accent"), cursorAccent: token("bg"),
    selectionBackground: withCommas(token("selection")), selectionInactiveBackground: withCommas(token("match"))
  }
  for (const name of COLOURS) {
    theme[name] = token(`ansi-${name}`)
    theme[`bright${name[0].toUpperCase()}${name.slice(1)}`] = token(`ansi-${name}`)
  }
  return theme
}

// The terminal reads `rgba(1, 2, 3, 0.4)`, not `rgb(1 2 3 / 40%)`.
function withCommas(colour) {
  const [red, green, blue, percent] = colour.match(/\d+/g)
  return `rgba(${red}, ${green}, ${blue}, ${percent / 100})`
}

// The terminal makes style elements of its own, which the page's policy forbids without the nonce. It takes a document
// to make its elements with: this one gives each style element the nonce.
function withNonce(page, nonce) {
  const create = (...names) => {
    const made = page.createElement(...names)
    if (made.localName === "style") made.nonce = nonce
    return made
  }
  return new Proxy(page, {
    get(target, key) {
      if (key === "createElement") return create
      const value = target[key]
      return typeof value === "function" ? value.bind(target) : value
    },
    set: (target, key, value) => Reflect.set(target, key, value)
  })
}

// 24-bit colours are style attributes, which the policy forbids too; as properties they are allowed. The terminal has
// no way to say so, hence this reach into the version that is pinned; without it such text only loses its colour.
function allowColours(screen) {
  const rows = screen._core?._renderService?._renderer?.value?._rowFactory
  if (rows?._addStyle) rows._addStyle = (cell, style) => { cell.style.cssText += `;${style}` }
}
