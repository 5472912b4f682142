import { get } from "../shared/http.js"
import { firstLetter } from "./words.js"

// What others do to files that are not open shows this late at the latest.
const FRESH = 60_000
// While the site has not read all of a project yet, it is asked again sooner.
const FRESH_PART = 3_000
const NONE = { symbols: [], byLetter: new Map(), words: new Map() }

/// The words and symbols of all texts of a project, as the site found them.
export class ProjectSymbols {
  #address
  #fetch
  #now
  #known = NONE
  #asked = null
  #until = 0

  constructor(project, { fetch = get, now = () => performance.now() } = {}) {
    this.#address = `/projects/${project}/symbols.json`
    this.#fetch = fetch
    this.#now = now
  }

  /// What is known now: `symbols`, each `{ name, kind, path, line }`, and both symbols and words by their first letter,
  /// `byLetter` and `words`. Asks for what is newer, but waits for nothing.
  get known() {
    if (this.#now() >= this.#until) this.refresh()
    return this.#known
  }

  /// Whether the site has told anything yet.
  get isKnown() {
    return this.#known !== NONE
  }

  /// Asks now; resolves to what is known then, which is the old when the site doesn't answer.
  refresh() {
    this.#asked ??= this.#ask().finally(() => {
      this.#asked = null
    })
    return this.#asked
  }

  async #ask() {
    let wait = FRESH
    try {
      const answer = await this.#fetch(this.#address)
      if (!answer.isWhole) wait = FRESH_PART
      this.#known = read(answer)
    } catch {
      // What was known will do until the next time.
    }
    this.#until = this.#now() + wait
    return this.#known
  }
}

function read({ files, symbols, words }) {
  const all = symbols.map(([name, kind, file, line]) => ({ name, kind, path: files[file], line }))
  return { symbols: all, byLetter: grouped(all, symbol => symbol.name), words: grouped(words, word => word) }
}

function grouped(items, nameOf) {
  const groups = new Map()
  for (const item of items) {
    const letter = firstLetter(nameOf(item))
    if (!groups.has(letter)) groups.set(letter, [])
    groups.get(letter).push(item)
  }
  return groups
}
