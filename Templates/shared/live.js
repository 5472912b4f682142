import { LiveConnection } from "./live-connection.js"

/// This page's ear on the live stream. `join(channel, listener)` gives a function that leaves again; the listener gets
/// `{ data }`, `{ open }`, `{ gap }` or `{ refused }`. Fires "state" when `state` ("starting", "open", "connecting"
/// after a loss, "signed-out") changes. The stream is shared with the browser's other tabs where SharedWorker exists.
export class Live extends EventTarget {
  #url
  #listeners = new Map()
  #port = null
  #connection = null
  state = "starting"

  constructor(url) {
    super()
    this.#url = new URL(url, location.href).href
  }

  start() {
    this.#connect()
    addEventListener("pagehide", this.#hide)
    addEventListener("pageshow", this.#show)
    addEventListener("online", this.#retry)
    document.addEventListener("visibilitychange", this.#see)
  }

  stop() {
    removeEventListener("pagehide", this.#hide)
    removeEventListener("pageshow", this.#show)
    removeEventListener("online", this.#retry)
    document.removeEventListener("visibilitychange", this.#see)
    this.#hide()
  }

  join(channel, listener) {
    const listeners = this.#listeners.get(channel) ?? new Set()
    this.#listeners.set(channel, listeners.add(listener))
    this.#say({ join: channel })
    return () => this.#leave(channel, listener)
  }

  #leave(channel, listener) {
    const listeners = this.#listeners.get(channel)
    if (!listeners?.delete(listener) || listeners.size > 0) return
    this.#listeners.delete(channel)
    this.#say({ leave: channel })
  }

  #connect() {
    if (typeof SharedWorker === "undefined") {
      this.#connection = new LiveConnection({ url: this.#url, deliver: this.#deliver, report: this.#report })
    } else {
      const worker = new SharedWorker(new URL("./live-worker.js", import.meta.url), { type: "module", name: this.#url })
      worker.onerror = this.#withoutWorker
      this.#port = worker.port
      this.#port.onmessage = ({ data }) => this.#hear(data)
      this.#say({ hello: this.#url })
    }
    for (const channel of this.#listeners.keys()) this.#say({ join: channel })
  }

  #withoutWorker = () => {
    if (this.#connection) return
    this.#port = null
    this.#connection = new LiveConnection({ url: this.#url, deliver: this.#deliver, report: this.#report })
    for (const channel of this.#listeners.keys()) this.#say({ join: channel })
  }

  #say(message) {
    if (this.#port) this.#port.postMessage(message)
    else if (message.join) this.#connection?.subscribe(message.join)
    else if (message.leave) this.#connection?.unsubscribe(message.leave)
    else if (message.retry) this.#connection?.retry()
  }

  #hear(message) {
    if (message.ping) this.#say({ pong: true })
    else if (message.state) this.#report(message.state)
    else this.#deliver(message.channel, message.message)
  }

  #deliver = (channel, message) => {
    for (const listener of [...this.#listeners.get(channel) ?? []]) listener(message)
  }

  #report = state => {
    if (state === this.state) return
    this.state = state
    this.dispatchEvent(new Event("state"))
  }

  #hide = () => {
    this.#say({ bye: true })
    this.#connection?.stop()
    this.#connection = null
    this.#port = null
  }

  #show = event => {
    if (event.persisted) this.#connect()
  }

  #retry = () => this.#say({ retry: true })

  // A tab that slept may have been forgotten by the worker: it introduces itself again.
  #see = () => {
    if (document.visibilityState !== "visible") return
    if (this.#port) {
      this.#say({ hello: this.#url })
      for (const channel of this.#listeners.keys()) this.#say({ join: channel })
    }
    this.#retry()
  }
}
