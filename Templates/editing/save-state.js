const WORST_FIRST = ["signed-out", "refused", "gone", "offline", "saving", "reconnecting", "saved"]

/// Says in the bar whether what was typed is kept, for all open files together, and holds a page back from closing
/// while something can't be sent.
export class SaveState {
  #element
  #editor

  constructor(element, editor) {
    this.#element = element
    this.#editor = editor
  }

  start() {
    this.#editor.addEventListener("state", this.#show)
    this.#editor.addEventListener("show", this.#show)
    addEventListener("beforeunload", this.#holdBack)
    this.#show()
  }

  stop() {
    this.#editor.removeEventListener("state", this.#show)
    this.#editor.removeEventListener("show", this.#show)
    removeEventListener("beforeunload", this.#holdBack)
  }

  #show = () => {
    const sessions = this.#editor.files.map(file => file.session)
    const { state, words } = summary(sessions)
    if (this.#element.dataset.state !== state) this.#element.dataset.state = state
    if (this.#element.textContent === words) return
    this.#element.textContent = words
    // A narrow window cuts it off.
    this.#element.title = words
  }

  #holdBack = event => {
    const stuck = this.#editor.files.some(({ session }) => session.hasUnsent && session.state !== "saving")
    if (stuck) event.preventDefault()
  }
}

/// The worst state of several sessions, in words.
export function summary(sessions) {
  if (sessions.length === 0) return { state: "saved", words: "" }
  const state = WORST_FIRST.find(candidate => sessions.some(session => session.state === candidate)) ?? "saved"
  const waiting = sessions.reduce((sum, session) => sum + session.waiting, 0)
  const refused = sessions.find(session => session.state === "refused")
  return { state, words: wordsFor(state, waiting, refused) }
}

function wordsFor(state, waiting, refused) {
  switch (state) {
    case "saved": return "Saved"
    case "saving": return "Saving…"
    case "offline": return `Offline – ${waiting} ${waiting === 1 ? "change waits" : "changes wait"}`
    case "reconnecting": return "Reconnecting…"
    case "signed-out": return "Signed out – not saved"
    case "gone": return "Deleted, or not shared with you any more"
    default: return refused?.message || "Not saved"
  }
}
