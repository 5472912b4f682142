import { get, post } from "../shared/http.js"
import { clockOrDate, time } from "../shared/times.js"
import { toast } from "../shared/toast.js"

// After the end of a run its place in the workspace is free a moment later; the helper stops what is idle every few
// seconds. In milliseconds.
const SETTLING = 500
const HOUSEKEEPING = 7_000
const LONGEST_TIMER = 2 ** 31 - 1

/// The line below the output that says until when the workspace is kept, with a button that stops it. It asks when
/// something in the project began or ended, and when the time has come; never in between.
export class WorkspaceFoot {
  #foot
  #words
  #form
  #path
  #timer = null

  constructor(foot, project) {
    this.#foot = foot
    this.#words = foot.querySelector("p")
    this.#form = foot.querySelector("form")
    this.#path = `/projects/${project}/workspace`
  }

  start() {
    this.#form.addEventListener("submit", this.#stop)
    const printed = this.#words.querySelector("time")
    if (printed) {
      const [words, end] = [printed.previousSibling, printed.nextSibling].map(node => node.textContent.trim())
      this.#sayTime(Date.parse(printed.dateTime), words, end)
    }
  }

  stop() {
    clearTimeout(this.#timer)
    this.#form.removeEventListener("submit", this.#stop)
  }

  /// Something began or ended.
  notice() {
    this.#refreshIn(SETTLING)
  }

  #refreshIn(milliseconds) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(this.#refresh, Math.min(milliseconds, LONGEST_TIMER))
  }

  #refresh = async () => {
    try {
      this.#show(await get(this.#path))
    } catch {
      // The line stays as it is: the next run asks again.
    }
  }

  #show({ kind, words, stops, end, canBeStopped }) {
    this.#foot.dataset.kind = kind
    this.#form.hidden = !canBeStopped
    if (stops) this.#sayTime(stops, words, end)
    else if (this.#words.textContent !== words) this.#words.textContent = words
  }

  #sayTime(stops, words, end) {
    this.#words.replaceChildren(`${words} `, time(stops, clockOrDate(stops)), ` ${end}`)
    this.#refreshIn(Math.max(0, stops - Date.now()) + HOUSEKEEPING)
  }

  #stop = async event => {
    event.preventDefault()
    try {
      await post(`${this.#path}/deletion`)
      toast("The workspace has stopped.")
    } catch (failure) {
      toast(failure.message, { kind: "bad" })
    }
    this.#refresh()
  }
}
