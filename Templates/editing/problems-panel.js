import { element } from "../shared/element.js"
import { walkRows } from "../shared/walk-rows.js"
import { SEVERITIES, mark } from "./problem-marks.js"
import { countWords } from "./problems.js"

const REDRAW = 150
// More rows are no help to a reader, and slow.
const MOST_ROWS = 500

const LEVELS = [["note", "All"], ["warning", "Errors and warnings"], ["error", "Errors"]]
const ORDER = ["error", "warning", "note"]

/// The list of problems, by file. Arrow keys go through it, Enter and a press go to the place.
export class ProblemsPanel {
  #problems
  #open
  #find = element("input", {
    "class": "input small", "type": "search", "aria-label": "Only problems with these words",
    "placeholder": "Only with these words", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"
  })
  #level = element(
    "select", { "class": "input small", "aria-label": "Which problems" },
    ...LEVELS.map(([value, words]) => element("option", { value }, words))
  )
  #state = element("p", { class: "problems-state", role: "status" })
  #more = element("div", { class: "problems-more" })
  #list = element("div", { class: "problems-list" })
  #timer = null
  #words = ""
  #isNone = false
  element = element("div", { class: "problems" })

  /// `open(problem)` goes to its place; `check` is a button, or null when there is nothing to ask.
  constructor(problems, { open, check = null }) {
    this.#problems = problems
    this.#open = open
    const head = element("div", { class: "problems-head" }, this.#state, this.#find, this.#level)
    if (check) head.prepend(check)
    this.element.append(head, element("div", { class: "problems-body" }, this.#more, this.#list))
  }

  start(place) {
    place.replaceChildren(this.element)
    this.#problems.addEventListener("change", this.#soon)
    this.#find.addEventListener("input", this.#draw)
    this.#level.addEventListener("change", this.#draw)
    this.#list.addEventListener("keydown", this.#pressed)
    this.#draw()
  }

  stop() {
    clearTimeout(this.#timer)
    this.#problems.removeEventListener("change", this.#soon)
    this.element.remove()
  }

  /// Says what the search for problems does: `kind` is "", "running" or "failed"; an empty text counts the problems
  /// instead. `more` are elements that belong to it.
  say(words, kind = "", more = []) {
    this.#tell(words, kind, more, false)
  }

  /// Says that none were found, as long as nobody else has found any.
  sayNone(words, more = []) {
    this.#tell(words, "", more, true)
  }

  #tell(words, kind, more, isNone) {
    this.#words = words
    this.#isNone = isNone
    this.#state.dataset.kind = kind
    this.#more.replaceChildren(...more)
    this.#sayState()
  }

  focus() {
    (this.#rows.find(row => row.tabIndex === 0) ?? this.#find).focus()
  }

  get #rows() {
    return [...this.#list.querySelectorAll(".problem")]
  }

  // At most so often while one types, so that the places in the list follow.
  #soon = () => {
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      this.#draw()
    }, REDRAW)
  }

  #draw = () => {
    const { all } = this.#problems
    const chosen = chosenOf(all, this.#find.value, this.#level.value)
    const focused = this.#rows.indexOf(document.activeElement)
    const shown = chosen.slice(0, MOST_ROWS)
    const paths = [...new Set(shown.map(({ path }) => path))]
    this.#list.replaceChildren(...paths.map(path => this.#group(path, shown.filter(each => each.path === path))))
    if (chosen.length > MOST_ROWS) {
      this.#list.append(element("p", { class: "hint" }, `And ${chosen.length - MOST_ROWS} more.`))
    }
    if (all.length && !chosen.length) this.#list.append(element("p", { class: "hint" }, "No problem is like that."))
    const rows = this.#rows
    const current = rows[Math.min(Math.max(focused, 0), rows.length - 1)]
    if (current) current.tabIndex = 0
    if (focused >= 0) current?.focus()
    this.#sayState()
  }

  #group(path, problems) {
    const head = element("h3", {}, path, " ", element("span", { class: "badge" }, String(problems.length)))
    return element("section", {}, head, element("ul", {}, ...problems.map(problem => (
      element("li", {}, this.#row(problem))
    ))))
  }

  #row(problem) {
    const { severity, line, column, code, message } = problem
    return element(
      "button", { class: "problem", type: "button", tabindex: "-1", click: () => this.#open(problem) },
      mark(severity), element("span", { class: `problem-word is-${severity}` }, SEVERITIES[severity].word),
      element("span", { class: "problem-place" }, column ? `Line ${line}:${column}` : `Line ${line}`),
      element("span", { class: "problem-message" }, message),
      code ? element("code", { class: "problem-code" }, code) : ""
    )
  }

  #sayState() {
    const count = countWords(this.#problems.all)
    const words = [this.#isNone && count ? "" : this.#words, count && `${count}.`].filter(Boolean).join(" ")
    if (this.#state.textContent !== words) this.#state.textContent = words
  }

  #pressed = event => walkRows(event, this.#rows)
}

/// The problems that have all of the words somewhere and are at least so bad.
export function chosenOf(problems, words, level) {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  const levels = ORDER.slice(0, ORDER.indexOf(level) + 1)
  return problems.filter(problem => {
    if (!levels.includes(problem.severity)) return false
    const text = `${problem.path} ${problem.severity} ${problem.code ?? ""} ${problem.message}`.toLowerCase()
    return wanted.every(word => text.includes(word))
  })
}
