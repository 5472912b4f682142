import { post } from "../../shared/http.js"
import { toast } from "../../shared/toast.js"

// A server that isn't there may be there soon: others have the places, or it has just ended.
const UNKNOWN = 60_000

/// Asks the project's language server about the texts of this page. Fires "reply" with each answer of the site.
export class Questions extends EventTarget {
  #project
  // Until when nothing is asked about files of a kind.
  #unknown = new Map()
  #sleeps = false
  /// What the server says it can do; null until it has answered.
  abilities = null

  constructor(project) {
    super()
    this.#project = project
  }

  /// Asks about a place of a file's text, which is sent to the site first. Gives the answer, or null when there is
  /// none: the text was changed meanwhile, can't be sent, or no server knows such files.
  ///
  /// `at` is the place; `start` says that somebody asked for this by a key: a server may be started for it, and why
  /// there is no answer is said.
  async ask(kind, file, { at, start = false, ...rest } = {}) {
    if (!start && (this.#sleeps || this.#unknown.get(kindOf(file.path)) > performance.now())) return null
    const { text } = file
    if (!await file.session.flush() || !file.text.eq(text)) return null
    const { path, session: { version } } = file
    let reply
    try {
      reply = await post(`/projects/${this.#project}/intelligence`, { kind, path, version, at, start, ...rest })
    } catch (failure) {
      if (start) toast(failure.message, { kind: "bad" })
      return null
    }
    if (reply.abilities) this.abilities = reply.abilities
    if (reply.state === "none" && !start) this.#unknown.set(kindOf(path), performance.now() + UNKNOWN)
    if (reply.channel) this.#unknown.clear()
    this.#sleeps = reply.state === "absent"
    this.dispatchEvent(new CustomEvent("reply", { detail: { reply } }))
    if (start && reply.state !== "ready" && reply.words) toast(reply.words, { kind: "bad" })
    return reply.state === "ready" && file.text.eq(text) ? reply : null
  }

  /// There may be a workspace now: without one nothing is asked but what the reader asks for.
  wake() {
    this.#sleeps = false
    this.#unknown.clear()
  }
}

// Files of one kind have the same server, or none.
function kindOf(path) {
  return path.split("/").at(-1).split(".").at(-1)
}
