/// The fields of a search as its address has them; what is empty or off is left out. `start` is where a slice begins.
export function queryOf(fields, start = null) {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) if (value) query.set(name, value)
  if ("replacement" in fields) query.set("replacement", fields.replacement)
  if (start) {
    query.set("from", start.from)
    query.set("skip", start.skip)
  }
  return query.toString()
}

/// Puts slices together: how many matches in how many files there are, and how far the search has come.
export class SearchTally {
  matches = 0
  #files = new Set()

  add(slice) {
    for (const { path, matches } of slice.files) {
      this.#files.add(path)
      this.matches += matches.length
    }
    this.searched = slice.searched
    this.total = slice.total
    this.isOver = !slice.next
  }

  get words() {
    const found = this.matches === 0
      ? "No matches"
      : `${count(this.matches, "match", "matches")} in ${count(this.#files.size, "file", "files")}`
    return this.isOver ? `${found}.` : `${found} in the first ${this.searched} of ${this.total} files.`
  }
}

/// "1 match", "2 matches".
export function count(number, one, many) {
  return `${number} ${number === 1 ? one : many}`
}
