import { keysOf } from "../shared/commands.js"
import { element } from "../shared/element.js"
import { rank } from "../shared/fuzzy.js"
import { keyWords } from "../shared/keys.js"
import { Palette } from "../shared/palette.js"

const MOST = 50
const RECENT = "recent-commands"
const MOST_RECENT = 5

/// Finds files by a part of their name, and commands by a part of theirs, and does what is chosen. `>` before the text
/// looks for commands, `@` for what has a name in the open file, `#` for what has one in the project; `:12` goes to a
/// line, and `words:12` to a line of a file; a column may follow, `:12:7`, from 1 as compilers count.
export class Finder {
  #commands
  #files
  #editor
  #kept
  #symbols
  #refreshSymbols
  // Whether the newest symbols are known since it was opened; null until somebody looks for one.
  #fresh = null
  #palette = new Palette({
    label: "Find files and commands",
    placeholder: "Name of a file, > for commands, @ for symbols, : for a line",
    hint: "Arrow keys choose, Enter takes, Escape leaves.",
    find: text => this.#find(text),
    empty: text => this.#empty(text)
  })

  /// `symbols` gives the `ProjectSymbols`, null until they are loaded; `refreshSymbols` waits for the newest.
  constructor({ commands, files, editor, kept, symbols, refreshSymbols }) {
    this.#commands = commands
    this.#files = files
    this.#editor = editor
    this.#kept = kept
    this.#symbols = symbols
    this.#refreshSymbols = refreshSymbols
  }

  open(text) {
    this.#fresh = null
    this.#palette.open(text)
    if (!this.#files.isKnown) this.#files.known().then(() => this.#palette.search())
  }

  #find(text) {
    if (text.startsWith(">")) return this.#findCommands(text.slice(1).trim())
    if (text.startsWith("@")) return this.#findSymbols(text.slice(1).trim(), this.#editor.current)
    if (text.startsWith("#")) return this.#findSymbols(text.slice(1).trim())
    const [, words, line, column] = /^(.*?)(?::(\d*)(?::(\d*))?)?$/s.exec(text)
    const place = Number(line) ? { line: Number(line), column: Math.max(0, Number(column || 1) - 1) } : null
    if (line !== undefined && !words) return this.#lines(place)
    return this.#findFiles(words, place)
  }

  #empty(text) {
    if (text.startsWith(">")) return "No command is called like this."
    if (/^[@#]/.test(text) && !this.#fresh?.isKnown) return "The symbols are on their way."
    if (text.startsWith("@")) return "Nothing in the open file is called like this."
    if (text.startsWith("#")) return "Nothing in the project is called like this."
    if (text.startsWith(":")) return "Type the number of a line of the open file."
    return this.#files.isKnown ? "No file is called like this." : "The list of files is on its way."
  }

  #findCommands(text) {
    const recent = [this.#kept.read(RECENT) ?? []].flat()
    const place = ({ name }) => recent.indexOf(name) < 0 ? recent.length : recent.indexOf(name)
    // Those that brought the reader here are no help here.
    const commands = this.#commands.possible.filter(({ isHidden }) => !isHidden).sort((a, b) => place(a) - place(b))
    return rank(text, commands, titleOf, commands.length).map(({ item, places }) => ({
      name: titleOf(item), places, key: keyWords(keysOf(item)[0] ?? ""), act: () => this.#do(item, recent)
    }))
  }

  #do(command, recent) {
    const names = [command.name, ...recent.filter(name => name !== command.name)]
    this.#kept.write(RECENT, names.slice(0, MOST_RECENT))
    command.act()
  }

  #findFiles(text, at) {
    // Those opened last come first while nothing is typed, or what is typed fits as well.
    const open = this.#editor.recent
    const place = ({ id }) => open.indexOf(id) < 0 ? open.length : open.indexOf(id)
    const files = open.length ? this.#files.all.toSorted((a, b) => place(a) - place(b)) : this.#files.all
    return rank(text, files, file => file.path, MOST).map(({ item, places }) => {
      const start = item.path.lastIndexOf("/") + 1
      return {
        name: item.path.slice(start), places: places.filter(at => at >= start).map(at => at - start),
        detail: element("span", {}, item.path.slice(0, Math.max(0, start - 1))),
        act: () => this.#files.open(item, { focus: true, place: at })
      }
    })
  }

  // Those of a file in its order, all others by how well they fit.
  #findSymbols(text, file = null) {
    if (!this.#fresh) this.#freshen()
    const all = this.#symbols()?.known.symbols ?? []
    const symbols = file ? all.filter(({ path }) => path === file.path) : all
    return rank(text, symbols, ({ name }) => name, MOST).map(({ item: { name, kind, path, line }, places }) => ({
      name, places, detail: element("span", {}, file ? `${kind}, line ${line}` : `${kind}, ${path}:${line}`),
      act: () => this.#goTo(path, line)
    }))
  }

  async #freshen() {
    const fresh = this.#fresh = { isKnown: false }
    // What was known will do where nothing newer can be had.
    await this.#refreshSymbols().catch(() => {})
    fresh.isKnown = true
    this.#palette.search()
  }

  #goTo(path, line) {
    const file = this.#files.all.find(each => each.path === path)
    if (file) this.#files.open(file, { focus: true, place: { line } })
  }

  #lines(place) {
    if (!place || !this.#editor.current) return []
    const name = place.column ? `Go to line ${place.line}, column ${place.column + 1}` : `Go to line ${place.line}`
    return [{ name, act: () => this.#editor.reveal(place) }]
  }
}

function titleOf({ group, title }) {
  return `${group}: ${title}`
}
