import { post } from "../shared/http.js"

/// The Run and Stop buttons. A run starts when everything typed is with the authority; it may also have started in
/// another tab, and then the console shows that one.
export class RunControls {
  #run
  #stop
  #console
  #project
  #editor
  #starting = false
  #stopping = false

  constructor(run, stop, { console, editor, project }) {
    this.#run = run
    this.#stop = stop
    this.#console = console
    this.#editor = editor
    this.#project = project
  }

  start() {
    this.#run.addEventListener("click", this.#pressRun)
    this.#stop.addEventListener("click", this.#pressStop)
    this.#console.addEventListener("state", this.#show)
    this.#editor.addEventListener("show", this.#show)
    this.#show()
  }

  stop() {
    this.#run.removeEventListener("click", this.#pressRun)
    this.#stop.removeEventListener("click", this.#pressStop)
    this.#console.removeEventListener("state", this.#show)
    this.#editor.removeEventListener("show", this.#show)
  }

  /// Runs the file that is shown. Does nothing while something runs.
  async run() {
    if (this.#starting || this.#console.isLive || !this.#editor.current) return
    this.#starting = true
    this.#show()
    document.dispatchEvent(new CustomEvent("carrel:run"))
    try {
      if (!await this.#editor.flush()) {
        throw new Error("Not started: what you typed can’t be saved now. Run it again when it is.")
      }
      const size = await this.#console.prepare()
      const { run } = await post(`/projects/${this.#project}/runs`, { ...size, file: this.#editor.current.path })
      await this.#console.show(run)
    } catch (failure) {
      this.#console.say(failure.message)
    } finally {
      this.#starting = false
      this.#show()
    }
  }

  /// A run of this project began or ended somewhere.
  notice(run) {
    if (this.#starting || this.#console.isLive || run.state === "finished" || run.id === this.#console.run?.id) return
    this.#console.show(run)
  }

  #pressRun = async event => {
    event.preventDefault()
    await this.run()
    if (this.#console.isLive) this.#console.focus()
  }

  get canStop() {
    return this.#console.isLive && !this.#stopping
  }

  /// Stops what runs.
  async halt() {
    const { run } = this.#console
    if (!this.canStop) return
    this.#stopping = true
    this.#show()
    try {
      await post(`/runs/${run.id}/cancellation`)
    } catch (failure) {
      this.#console.say(failure.message)
    } finally {
      this.#stopping = false
      this.#show()
    }
  }

  #pressStop = () => this.halt()

  #show = () => {
    const isLive = this.#console.isLive
    this.#run.setAttribute("aria-disabled", String(this.#starting || isLive || !this.#editor.current))
    this.#stop.disabled = !isLive || this.#stopping
  }
}
