import { sayWithUndo } from "../editing/take-back.js"
import { element } from "../shared/element.js"
import { get, post } from "../shared/http.js"
import { toast } from "../shared/toast.js"
import { walkRows } from "../shared/walk-rows.js"
import { SearchTally, count, queryOf } from "./search-query.js"
import { drawFile, drawNames } from "./search-results.js"

// A list of more is no help to a reader.
const MOST = 5000
const PAUSE = 300
// How much of a line before a match is shown, in characters: a long beginning would leave no room for what was found
// in a panel that is not so wide, in pixels.
const BEFORE = { narrow: 24, wide: 80 }
const WIDE = 760
const OPTIONS = [["case", "Match case"], ["word", "Whole words"], ["expression", "Regular expression"]]

/// Looks through a project's texts while something is typed, and replaces what was found after showing it.
/// `open(place)` is called with the place that the reader chose: `{ path, line, column, length }`, or a path alone.
/// What was typed into the `Editor` is with the authority before it looks. Without `mayReplace` it only looks.
export class SearchPanel {
  #host
  #project
  #open
  #editor
  #form
  #status = element("p", { class: "hint", role: "status" })
  #results = element("div", { class: "search-results" })
  #search = null
  #timer = null

  constructor(host, { project, open, editor, mayReplace }) {
    this.#host = host
    this.#project = project
    this.#open = open
    this.#editor = editor
    this.#form = this.#makeForm(mayReplace)
  }

  start() {
    this.#form.addEventListener("submit", this.#submitted)
    this.#form.addEventListener("input", this.#typed)
    this.#form.addEventListener("keydown", this.#left)
    this.#results.addEventListener("keydown", event => walkRows(event, this.#rows))
    const found = element("div", { class: "search-found" }, this.#status, this.#results)
    this.#host.replaceChildren(element("div", { class: "search-panel" }, this.#form, found))
  }

  /// Puts the focus where one types, with what is to be looked for if that is given; `typed` is what has been typed
  /// until now.
  focus(text = "", typed = "") {
    const input = this.#form.elements.q
    if (typed || text) {
      input.value = typed || text
      this.#run()
    }
    input.focus()
    // Who is typing goes on behind what they have typed.
    if (!typed) input.select()
  }

  #makeForm(mayReplace) {
    const options = OPTIONS.map(([name, label]) => (
      element("label", {}, element("input", { type: "checkbox", name, value: "on" }), label)
    ))
    const preview = element("button", { class: "button secondary small", type: "button" }, "Preview the replacement")
    preview.addEventListener("click", () => this.#run({ isPreview: true }))
    return element("form", { class: "search-form", role: "search" },
      field("q", "Look for"),
      element("fieldset", { class: "search-options" },
        element("legend", { class: "visually-hidden" }, "How"), ...options
      ),
      element("details", { class: "search-more" },
        element("summary", {}, mayReplace ? "Replace, or only some files" : "Only some files"),
        ...mayReplace ? [field("replacement", "Replace by")] : [],
        field("include", "Only in", "*.py, src"), field("exclude", "Not in"),
        ...mayReplace ? [preview] : []
      )
    )
  }

  get #rows() {
    return [...this.#results.querySelectorAll(".found-line")]
  }

  // From what is looked for to what was found; there, arrows go on.
  #left = event => {
    if (event.key !== "ArrowDown" || event.target !== this.#form.elements.q) return
    event.preventDefault()
    this.#rows.find(row => row.tabIndex === 0)?.focus()
  }

  #submitted = event => {
    event.preventDefault()
    this.#run()
  }

  // A preview is asked for; it doesn't come by itself. One of another replacement is none any more.
  #typed = event => {
    clearTimeout(this.#timer)
    if (event.target.name !== "replacement") this.#timer = setTimeout(() => this.#run(), PAUSE)
    else if (this.#search?.isPreview) this.#run()
  }

  #fields(isPreview) {
    const { elements } = this.#form
    const fields = { q: elements.q.value, include: elements.include.value, exclude: elements.exclude.value }
    for (const [name] of OPTIONS) if (elements[name].checked) fields[name] = "on"
    return isPreview ? { ...fields, replacement: elements.replacement.value, replace: "on" } : fields
  }

  // A newer search takes the place of one that is going on.
  async #run({ isPreview = false } = {}) {
    clearTimeout(this.#timer)
    const search = { fields: this.#fields(isPreview), isPreview, tally: new SearchTally() }
    this.#search = search
    this.#complain({})
    this.#results.replaceChildren()
    this.#status.textContent = search.fields.q ? "Searching…" : ""
    if (!search.fields.q) return
    await this.#editor.flush()
    await this.#goOn(search, null)
  }

  async #goOn(search, start) {
    try {
      let next = start
      do {
        const slice = await this.#slice(search.fields, next)
        if (this.#search !== search) return
        this.#show(search, slice)
        next = slice.next
        // What is previewed is replaced at once, so it is one slice.
      } while (next && !search.isPreview && search.tally.matches < MOST)
      if (next) this.#offerMore(search, next)
      if (search.isPreview && search.tally.matches) this.#offerReplacement(search)
    } catch (failure) {
      if (this.#search !== search) return
      this.#status.textContent = failure.message
      this.#complain(failure.fields ?? {})
    }
  }

  // Two searches of one person may go on at a time; a third waits for its turn.
  async #slice(fields, start) {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await get(`/projects/${this.#project}/search?${queryOf(fields, start)}`)
      } catch (failure) {
        if (failure.status !== 429 || attempt === 5) throw failure
        await new Promise(resolve => setTimeout(resolve, 1000))
      }
    }
  }

  #show({ tally, isPreview }, slice) {
    tally.add(slice)
    this.#status.textContent = tally.words
    // Of the panel around it: while another tab is shown, this one has no width.
    const most = this.#host.parentElement.clientWidth > WIDE ? BEFORE.wide : BEFORE.narrow
    if (slice.names.length) this.#results.append(drawNames(slice.names, this.#open))
    for (const file of slice.files) this.#results.append(drawFile(file, { isPreview, most, open: this.#open }))
    const rows = this.#rows
    if (rows.length && !rows.some(row => row.tabIndex === 0)) rows[0].tabIndex = 0
    for (const note of slice.notes) this.#results.append(element("p", { class: "hint" }, note))
  }

  #offerMore(search, next) {
    const press = () => {
      more.remove()
      if (search.isPreview) this.#results.replaceChildren()
      this.#goOn({ ...search, tally: search.isPreview ? new SearchTally() : search.tally }, next)
    }
    const more = element("button", { class: "button secondary small", type: "button" }, "Search on")
    more.addEventListener("click", press)
    this.#results.append(more)
  }

  #offerReplacement(search) {
    const button = element("button", { class: "button small", type: "button" }, "Replace what is ticked")
    button.addEventListener("click", () => this.#replace(search, button))
    this.#results.prepend(button)
  }

  async #replace({ fields }, button) {
    const matches = [...this.#results.querySelectorAll("input[name=match]:checked")].map(box => box.value)
    button.disabled = true
    try {
      const done = await post(`/projects/${this.#project}/replacements`, { fields, matches })
      const words = [`Replaced ${count(done.places, "match", "matches")} in ${count(done.files, "file", "files")}.`]
      if (done.left) words.push(`Left alone what has changed meanwhile: ${count(done.left, "place", "places")}.`)
      sayWithUndo(words.join(" "), {
        editor: this.#editor, kind: done.places ? "ok" : "bad", reversal: done.reversal, undone: this.#undone
      })
      this.#run({ isPreview: true })
    } catch (failure) {
      this.#status.textContent = failure.message
      button.disabled = false
    }
  }

  #undone = () => {
    toast("The replacement is undone.")
    // By now the reader may look for something else.
    this.#run({ isPreview: this.#search?.isPreview })
  }

  #complain(faults) {
    for (const name of ["q", "replacement", "include", "exclude"]) {
      const input = this.#form.elements[name]
      const error = input.parentElement.querySelector(".error")
      error.textContent = faults[name] ?? ""
      error.hidden = !faults[name]
      if (faults[name]) input.setAttribute("aria-invalid", "true")
      else input.removeAttribute("aria-invalid")
    }
  }
}

let number = 0

function field(name, label, placeholder = "") {
  const id = `search-${name}-${++number}`
  return element("div", { class: "field" },
    element("label", { for: id }, label),
    element("input", {
      "class": "input small mono", id, name, placeholder, "type": "text", "autocomplete": "off",
      "autocapitalize": "none", "spellcheck": "false", "aria-describedby": `${id}-error`
    }),
    element("p", { class: "error", id: `${id}-error`, hidden: true })
  )
}
