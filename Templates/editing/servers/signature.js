import { EditorView, Prec, StateEffect, StateField, ViewPlugin, keymap, showTooltip } from "codemirror"
import { element } from "../../shared/element.js"

const show = StateEffect.define()
const PAUSE = 120

// How a call is written, as long as the cursor is in it.
const shown = StateField.define({
  create: () => null,
  update(value, transaction) {
    const asked = transaction.effects.findLast(effect => effect.is(show))
    if (asked) return asked.value
    return value && transaction.docChanged ? { ...value, pos: transaction.changes.mapPos(value.pos) } : value
  },
  provide: field => showTooltip.from(field)
})

/// Says how a call is written while its arguments are typed, and by a key (see `askForSignature`).
export function signatureOf(questions, file) {
  const follow = ViewPlugin.define(view => new Follower(view, questions, file))
  return [shown, follow, Prec.high(leave)]
}

/// Shows how the call at the cursor is written.
export async function askForSignature(questions, file, view) {
  const reply = await questions.ask("signature", file, { at: view.state.selection.main.head, start: true })
  put(view, reply?.signature ?? null)
}

const leave = keymap.of([{
  key: "Escape",
  run(view) {
    if (!view.state.field(shown, false)) return false
    view.dispatch({ effects: show.of(null) })
    return true
  }
}])

class Follower {
  #view
  #questions
  #file
  #timer = null

  constructor(view, questions, file) {
    this.#view = view
    this.#questions = questions
    this.#file = file
  }

  update(update) {
    const isOpen = update.state.field(shown, false) !== null
    if (update.transactions.some(each => each.isUserEvent("input.type")) && (isOpen || this.#isTriggered(update))) {
      this.#soon()
    } else if (isOpen && (update.selectionSet || update.docChanged)) this.#soon()
  }

  destroy() {
    clearTimeout(this.#timer)
  }

  #isTriggered({ state }) {
    const { head } = state.selection.main
    const triggers = this.#questions.abilities?.signatureTriggers ?? []
    return triggers.some(trigger => state.sliceDoc(Math.max(0, head - trigger.length), head) === trigger)
  }

  #soon() {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#ask(), PAUSE)
  }

  async #ask() {
    const view = this.#view
    const { state } = view
    const reply = await this.#questions.ask("signature", this.#file, { at: state.selection.main.head })
    // Another file may be in the editor by then.
    if (view.state.field(shown, false) === undefined) return
    if (view.state.selection.eq(state.selection)) put(view, reply?.signature ?? null)
  }
}

function put(view, signature) {
  const before = view.state.field(shown, false)
  if (!signature && !before) return
  view.dispatch({ effects: show.of(signature && tooltip(view, signature)) })
  if (signature && !before) {
    view.dispatch({ effects: EditorView.announce.of(signature.label) })
  }
}

function tooltip(view, { label, parameter, documentation, number, count }) {
  const [from, to] = parameter ?? [0, 0]
  const code = element(
    "code", { class: "server-signature" }, label.slice(0, from), element("strong", {}, label.slice(from, to)),
    label.slice(to)
  )
  const dom = element("div", { class: "server-tip", role: "status" }, code)
  if (count > 1) dom.append(element("span", { class: "server-count" }, `${number} of ${count}`))
  if (documentation) dom.append(element("div", { class: "server-words" }, documentation))
  return { pos: view.state.selection.main.head, above: true, create: () => ({ dom }) }
}
