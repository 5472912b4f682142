import { clock } from "./output.js"
import { RunScreen } from "./run-screen.js"

/// The console: the screen of the project's programs, with words in the panel's head about the one it shows.
export class Console extends RunScreen {
  #words
  #skew
  #timer = null

  /// `skew` is the server's clock less this one, in milliseconds.
  constructor(words, { skew, ...options }) {
    super("Console", options)
    this.#words = words
    this.#skew = skew
  }

  start(place) {
    super.start(place)
    this.addEventListener("update", this.#show)
    this.say("Press Run to start the program. Its output appears here, and you can answer it.")
  }

  stop() {
    clearInterval(this.#timer)
    super.stop()
  }

  #show = () => {
    clearInterval(this.#timer)
    if (this.isLive) this.#timer = setInterval(this.#tick, 1000)
    this.#tick()
  }

  #tick = () => {
    const { state, started, outcome, message } = this.run
    this.#words.dataset.kind = this.isLive ? "live" : outcome?.kind ?? "fault"
    if (state === "starting") this.#words.textContent = "Starting…"
    else if (state === "running") this.#words.textContent = `Running since ${clock(Date.now() + this.#skew - started)}`
    else this.#words.textContent = message ?? outcome?.words ?? ""
  }
}
