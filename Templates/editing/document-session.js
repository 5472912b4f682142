import { ChangeSet } from "codemirror"
import { BackOff } from "../shared/back-off.js"
import { HttpFailure, post, postAndLeave } from "../shared/http.js"
import * as collab from "./collab.js"
import { leftUnsent, restored } from "./restoring.js"
import { holdClient, keepUnsent, newClient } from "./unsent.js"
import { parse, updatesSince } from "./updates.js"

const PAUSE = 150
const LONGEST = 500

/// Keeps one document and the authority together: posts what was typed after a short pause, takes what others typed
/// from the live stream, asks for what is missing, and goes on after any failure. Fires "state" when there is another
/// `version`, and when `state` changes:
///
///   saved · saving · offline (`waiting` changes are unsent) · reconnecting · refused · gone · signed-out
///
/// The editor is told of others' changes by `apply(changes, { isOwn, client })`, with the name that the last of them
/// goes by, and tells of its own by `edited(changes)`, at once and in order. `confirmed` is the authority's text at the
/// known version.
export class DocumentSession extends EventTarget {
  #live
  #apply
  #collab
  #leaveChannel = null
  #timer = null
  #firstTyped = 0
  #working = false
  #wantsPull = false
  #backOff = new BackOff()
  #failure = null
  #settled = []
  #told = ""
  id
  confirmed
  waiting = 0
  #leavesKept = false
  state = "saved"
  message = ""
  /// What `restore` found that was typed, and can't be put into the document any more; empty for nothing.
  lost = ""
  /// Says of which updates made elsewhere the editor is told as of the reader's own doing, with `isOwn`.
  isOwn = null

  /// `text` is a CodeMirror `Text`, the authority's at `version`.
  constructor({ id, version, text, live, apply }) {
    super()
    this.id = id
    this.confirmed = text
    this.#live = live
    this.#apply = apply
    this.#collab = collab.begin(version, newClient())
  }

  /// Before `start`: takes up what a reload of this tab left unsent. Gives the changes to make in the editor, or null.
  /// Where the reader may only read now, that stays kept until they may edit again.
  async restore({ isReadOnly = false } = {}) {
    this.#leavesKept = isReadOnly
    if (isReadOnly) {
      this.lost = await leftUnsent(this.id)
      return null
    }
    const found = await restored(this.id, this.#collab, this.confirmed)
    this.lost = found?.lost ?? ""
    if (!found?.state) return null
    this.#collab = found.state
    this.waiting = found.changes ? 1 : 0
    return found.changes
  }

  start() {
    holdClient(this.#collab.client)
    this.#leaveChannel = this.#live.join(`document/${this.id}`, this.#hear)
    this.#live.addEventListener("state", this.#notice)
    addEventListener("pagehide", this.#leavePage)
    addEventListener("online", this.#retry)
    if (collab.hasUnconfirmed(this.#collab)) this.#schedule(0)
    this.#tell()
  }

  stop() {
    clearTimeout(this.#timer)
    this.#leaveChannel?.()
    this.#live.removeEventListener("state", this.#notice)
    removeEventListener("pagehide", this.#leavePage)
    removeEventListener("online", this.#retry)
  }

  /// The authority's version that this session knows.
  get version() {
    return this.#collab.version
  }

  get hasUnsent() {
    return collab.hasUnconfirmed(this.#collab)
  }

  /// A change made in this editor.
  edited(changes) {
    this.#collab = collab.edit(this.#collab, changes)
    this.waiting += 1
    this.#keep()
    this.#tell()
    if (this.#failure) return
    this.#firstTyped ||= Date.now()
    this.#schedule(Math.max(0, Math.min(PAUSE, this.#firstTyped + LONGEST - Date.now())))
  }

  /// Sends what is unsent now; resolves true when all of it is with the authority, false when that can't be now.
  flush() {
    if (!this.hasUnsent) return Promise.resolve(true)
    if (this.#isStuck) return Promise.resolve(false)
    const settled = new Promise(resolve => this.#settled.push(resolve))
    this.#schedule(0)
    return settled
  }

  #hear = message => {
    if (message.refused) return this.#fail("gone")
    if (!message.data) return this.#pull()
    try {
      this.#receive([message.data])
    } catch (failure) {
      this.#failed(failure)
    }
  }

  #receive(updates) {
    const parsed = updates.filter(update => update.version > this.#collab.version).map(parse)
    const batches = this.isOwn ? parsed.map(update => [update]) : [parsed]
    if (batches.map(batch => this.#take(batch)).includes(true)) this.#pull()
    this.#settle()
  }

  // Gives whether updates are missing before the next one.
  #take(updates) {
    const { state, changes, gap } = collab.receive(this.#collab, updates)
    for (const update of updates) {
      if (update.version <= state.version) this.confirmed = update.changes.apply(this.confirmed)
    }
    this.#collab = state
    const { client } = updates.at(-1) ?? {}
    if (changes) this.#apply(changes, { isOwn: this.isOwn?.(updates[0]) ?? false, client })
    return gap
  }

  #pull() {
    this.#wantsPull = true
    this.#schedule(0)
  }

  #schedule(wait) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#run(), wait)
  }

  async #run() {
    if (this.#working) return
    this.#working = true
    let failure = null
    try {
      await this.#pump()
    } catch (error) {
      failure = error
    }
    this.#working = false
    if (failure) this.#failed(failure)
  }

  // One request at a time, until there is nothing to ask and nothing to send.
  async #pump() {
    while (!this.#isStuck) {
      if (this.#wantsPull) await this.#pullOnce()
      else if (!await this.#pushOnce()) return
      this.#failure = null
      this.#backOff.reset()
      this.#settle()
    }
  }

  async #pullOnce() {
    const answer = await updatesSince(this.id, this.#collab.version)
    this.#wantsPull = false
    if (answer.updates) this.#receive(answer.updates)
    else this.#adopt(answer)
  }

  async #pushOnce() {
    const [next, batch] = collab.takeSendable(this.#collab)
    this.#collab = next
    this.#firstTyped = 0
    if (!batch) return false
    this.#keep()
    this.#tell()
    const before = this.#collab.version
    let answer
    try {
      answer = await post(`/documents/${this.id}/updates`, batch)
    } catch (failure) {
      if (failure.status !== 409 || !failure.body) throw failure
      answer = failure.body
    }
    if (answer.updates) this.#receive(answer.updates)
    else this.#adopt(answer)
    if (this.#collab.version === before) throw new HttpFailure(0, "The answer brought nothing new.")
    return true
  }

  // The authority has no updates back to our version: take its text as one change made by others.
  #adopt({ version, text }) {
    const before = this.confirmed.toString()
    const change = collab.replacement(before, text)
    const changes = ChangeSet.of(change ?? [], before.length, "\n")
    this.#collab = { ...this.#collab, version: version - 1 }
    this.#receive([{ version, client: "", sequence: 0, changes: changes.toJSON() }])
  }

  #failed(failure) {
    if (failure.status === 401) this.#fail("signed-out")
    else if (failure.status === 404) this.#fail("gone")
    else if (!(failure instanceof HttpFailure)) this.#disagree(failure)
    else if (!failure.isPassing) this.#fail("refused", failure.message)
    else {
      // Asked first, so that the next try ends in an answer even when the live stream has confirmed all by then.
      this.#wantsPull = true
      this.#schedule(this.#backOff.next())
      this.#fail("offline")
    }
  }

  // A change set that doesn't fit: this text and the authority's differ, which only a fresh page can mend.
  #disagree(failure) {
    console.error(failure)
    this.#fail("refused", "This page and the site don’t agree on the text. Reload the page.")
  }

  #fail(failure, message = "") {
    this.#failure = failure
    this.message = message
    this.#settle()
    this.#answerFlush(!this.hasUnsent)
  }

  get #isStuck() {
    return this.#failure !== null && this.#failure !== "offline"
  }

  #settle() {
    if (!this.hasUnsent) this.waiting = 0
    this.#keep()
    this.#tell()
    if (!this.hasUnsent) this.#answerFlush(true)
  }

  #answerFlush(saved) {
    for (const resolve of this.#settled.splice(0)) resolve(saved)
  }

  #keep() {
    if (!this.#leavesKept) keepUnsent(this.id, this.hasUnsent ? collab.pack(this.#collab) : null)
  }

  #tell = () => {
    const unsent = this.hasUnsent
    let state = unsent ? "saving" : "saved"
    if (this.#isStuck) state = this.#failure
    else if (this.#failure === "offline" && unsent) state = "offline"
    else if (this.#live.state === "signed-out") state = "signed-out"
    else if (!unsent && (this.#failure === "offline" || this.#live.state === "connecting")) state = "reconnecting"
    this.state = state
    // Each key that is typed comes here, and mostly changes nothing that anybody is shown.
    const told = [state, unsent, state === "offline" && this.waiting, this.version, this.message].join(" ")
    if (told === this.#told) return
    this.#told = told
    this.dispatchEvent(new Event("state"))
  }

  #notice = () => {
    if (this.#live.state === "open" && this.#failure) this.#retry()
    this.#tell()
  }

  #retry = () => {
    this.#backOff.reset()
    if (this.#failure === "signed-out") this.#failure = null
    this.#schedule(0)
  }

  // The batch goes now, also if it is on its way already: leaving may have cut that off. What was typed after it stays
  // for the reload.
  #leavePage = () => {
    if (!this.hasUnsent) return
    const [next, batch] = collab.takeSendable(this.#collab)
    this.#collab = next
    this.#keep()
    postAndLeave(`/documents/${this.id}/updates`, batch)
  }
}
