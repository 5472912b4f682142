/// Folders without files: a project has folders by the paths of its files only, so these are kept in this browser until
/// there is a file in them. Fires "change".
export class NewFolders extends EventTarget {
  #kept
  #name
  #paths
  #files = []

  /// `kept` is a `Kept`, `name` what they are called there.
  constructor(kept, name) {
    super()
    this.#kept = kept
    this.#name = name
    this.#paths = [kept.read(name) ?? []].flat().filter(path => typeof path === "string" && isPath(path))
  }

  /// Their paths; another list each time they are others.
  get paths() {
    return this.#paths
  }

  /// Throws when there can be no such folder. Gives its path.
  add(path) {
    this.#check(path)
    this.#set([...this.#paths.filter(other => other !== path), path])
    return path
  }

  remove(path) {
    this.#set(this.#paths.filter(other => other !== path && !other.startsWith(`${path}/`)))
  }

  /// Calls one otherwise, and those in it.
  replace(path, other) {
    const isIn = each => each === path || each.startsWith(`${path}/`)
    const moved = this.#paths.filter(isIn).map(each => other + each.slice(path.length))
    const rest = this.#paths.filter(each => !isIn(each))
    if (other !== path) for (const each of [other, ...moved]) this.#check(each)
    this.#set([...new Set([...rest, ...moved])])
  }

  /// Forgets those that have got files, or whose place a file has taken.
  settle(files) {
    this.#files = files
    if (!this.#paths.length) return
    const isThere = path => files.some(file => file.path === path || file.path.startsWith(`${path}/`))
    const settled = this.#paths.filter(path => !isThere(path))
    if (settled.length !== this.#paths.length) this.#set(settled)
  }

  #check(path) {
    if (!isPath(path)) throw new Error("A path has names joined by /, without . and ..")
    if (this.#files.some(file => file.path === path)) throw new Error(`There is a file ${path} already.`)
    if (this.#files.some(file => file.path.startsWith(`${path}/`)) || this.#paths.includes(path)) {
      throw new Error(`There is a folder ${path} already.`)
    }
  }

  #set(paths) {
    this.#paths = paths
    this.#kept.write(this.#name, paths.length ? paths : null)
    this.dispatchEvent(new Event("change"))
  }
}

function isPath(path) {
  return path.split("/").every(name => name && name !== "." && name !== "..") && path.length <= 1000
}
