const HOME = "/home/coder/"

// How compilers and tracebacks name a line of a file. What stands for a path is bounded, and so is the line: whatever a
// program prints, looking for places in it is over at once.
const FORMS = [
  /"([^"]{1,300})", line (\d{1,7})/g,
  /([^\s:"'`()[\]<>,;]{1,300})(?::|: line | line | on line )(\d{1,7})(?!\w)/g,
  /([^\s:"'`()[\]<>,;]{1,300})\((\d{1,7})[,)]/g
]

/// The longest line in which places are looked for, in UTF-16 units.
export const LONGEST = 2000

/// The places in a file of the project that a line of output names: `[{ index, length, file, line }]`, in their order.
/// `find(path)` gives the file with this path, undefined when there is none.
export function placesIn(text, find) {
  if (text.length > LONGEST) return []
  const places = FORMS.flatMap(form => [...text.matchAll(form)].flatMap(match => {
    const file = find(fromHome(match[1]))
    const line = Number(match[2])
    return file && line > 0 ? [{ index: match.index, length: match[0].length, file, line }] : []
  }))
  return places.sort((a, b) => a.index - b.index)
}

function fromHome(path) {
  const rest = path.startsWith(HOME) ? path.slice(HOME.length) : path
  return rest.replace(/^(?:\.\/)+/, "")
}

/// Goes through the places that a screen's output names, one after the other and round the end.
export class PlaceWalk {
  #screen
  #links
  #at = -1

  /// `links` is `{ find(path), go(file, line) }`.
  constructor(screen, links) {
    this.#screen = screen
    this.#links = links
  }

  start() {
    this.#screen.addEventListener("state", this.#restart)
  }

  stop() {
    this.#screen.removeEventListener("state", this.#restart)
  }

  /// Goes to the next place, or with -1 to the one before. False when the output names none.
  step(by) {
    const places = this.#screen.lines.flatMap(({ text }) => placesIn(text, this.#links.find))
    if (places.length === 0) return false
    const from = this.#at < 0 && by < 0 ? 0 : this.#at
    this.#at = (from + by + places.length) % places.length
    this.#links.go(places[this.#at].file, places[this.#at].line)
    return true
  }

  #restart = () => {
    this.#at = -1
  }
}
