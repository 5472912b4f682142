import { post } from "../shared/http.js"
import { toast } from "../shared/toast.js"

const NAMED = 5

/// Moving, copying and deleting many files of a project in one go, each with a way back. Fires "change" when the
/// project's files must be read again.
export class Arranging extends EventTarget {
  #address

  constructor(project) {
    super()
    this.#address = `/projects/${project}/arrangements`
  }

  /// Moves files and folders by `{ from, to }`. Throws when the site refuses.
  async move(moves) {
    const changes = await this.#send({ act: "move", moves })
    this.#say(changes, "Moved", () => this.#send({ act: "move", moves: back(changes) }))
    return changes
  }

  /// Moves files and folders into a folder, "" for the top one, or copies them there. Gives what became of each file as
  /// `{ id, from, to }`. Throws when the site refuses.
  async moveInto(entries, into) {
    const changes = await this.#send({ act: "move", entries, into })
    this.#say(changes, "Moved", () => this.#send({ act: "move", moves: back(changes) }))
    return changes
  }

  async copyInto(entries, into) {
    const changes = await this.#send({ act: "copy", entries, into })
    this.#say(changes, "Copied", () => this.#send({ act: "delete", entries: changes.map(({ to }) => to) }))
    return changes
  }

  /// Deletes files and folders. Gives the same, or null when the site refuses, which is said.
  delete(entries) {
    return this.#attempt(async () => {
      const changes = await this.#send({ act: "delete", entries })
      this.#say(changes, "Deleted", () => this.#send({ act: "restore", files: changes.map(({ id }) => id) }))
      return changes
    })
  }

  async #send(wish) {
    const { changes } = await post(this.#address, wish)
    this.dispatchEvent(new Event("change"))
    return changes
  }

  #say(changes, done, undo) {
    if (!changes.length) return
    const [{ from, to }] = changes
    const one = done === "Moved" ? `${from} to ${to}` : from
    const what = changes.length === 1 ? one : `${changes.length} files`
    toast(`${done} ${what}.`, { action: { label: "Undo", act: () => this.#attempt(undo) } })
  }

  async #attempt(act) {
    try {
      return await act()
    } catch (failure) {
      toast(wordsOf(failure), { kind: "bad" })
      return null
    }
  }
}

/// What the site says of a refusal, the first files of those that it names in it.
export function wordsOf({ message, fields = {} }) {
  const reasons = Object.values(fields)
  if (reasons.length < 2) return message
  const rest = reasons.length > NAMED ? ` And ${reasons.length - NAMED} more.` : ""
  return `Nothing was done. ${reasons.slice(0, NAMED).join(" ")}${rest}`
}

function back(changes) {
  return changes.map(({ from, to }) => ({ from: to, to: from }))
}
