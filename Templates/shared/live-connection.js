import { BackOff } from "./back-off.js"
import { EventStreamReader } from "./event-stream.js"

const DEBOUNCE = 15
const SILENCE = 45_000
const SETTLED = 5_000

/// One event stream for any number of channels. Remembers the place (`epoch.seq`) in each, so that reopening (a new
/// channel, a lost connection) misses nothing. Calls back, per channel, with `{ data }`, `{ open }` (joined without a
/// place: ask for what came before), `{ gap }` (the hub forgot: ask) or `{ refused: status }` (not yours, not there).
///
/// The stream is read with `fetch`, not EventSource: that tells a refusal (401, 403, 404) from a lost connection, and
/// sees the hub's heartbeat (15 s), so that a connection that died silently is noticed after 45 s.
export class LiveConnection {
  #url
  #deliver
  #report
  #fetch
  #backOff
  #places = new Map()
  #stream = null
  #timer = null
  #signedOut = false

  /// `deliver(channel, message)`, `report("open" | "connecting" | "signed-out")`.
  constructor({ url, deliver, report, fetch = globalThis.fetch.bind(globalThis), backOff = new BackOff() }) {
    this.#url = url
    this.#deliver = deliver
    this.#report = report
    this.#fetch = fetch
    this.#backOff = backOff
  }

  /// Joins a channel; one that is joined already answers `{ open }` at once.
  subscribe(channel) {
    if (this.#places.has(channel)) {
      if (this.#places.get(channel)) this.#deliver(channel, { open: true })
      return
    }
    this.#places.set(channel, null)
    this.#reopenIn(DEBOUNCE)
  }

  unsubscribe(channel) {
    if (this.#places.delete(channel)) this.#reopenIn(DEBOUNCE)
  }

  /// Tries again now if nothing is open: the network came back, or somebody looks again.
  retry() {
    this.#signedOut = false
    this.#backOff.reset()
    if (!this.#stream) this.#reopenIn(0)
  }

  stop() {
    clearTimeout(this.#timer)
    this.#close()
    this.#places.clear()
  }

  #reopenIn(wait) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#open(), wait)
  }

  #close() {
    this.#stream?.abort()
    this.#stream = null
  }

  async #open() {
    this.#close()
    if (this.#places.size === 0 || this.#signedOut) return
    const stream = new AbortController()
    this.#stream = stream
    const began = Date.now()
    const { status, ended } = await this.#follow(stream)
    if (stream !== this.#stream) return
    this.#close()
    // The hub ends every stream after some minutes: that is no loss, the next one goes on where this one stood.
    if (ended && Date.now() - began > SETTLED) {
      this.#backOff.reset()
      return this.#open()
    }
    this.#report("connecting")
    if (status === 401) {
      this.#signedOut = true
      this.#report("signed-out")
      return
    }
    if (Date.now() - began > SETTLED) this.#backOff.reset()
    if (status === 403 || status === 404) await this.#dropRefused(status)
    if (!this.#stream) this.#reopenIn(this.#backOff.next())
  }

  // Reads until the stream is over. Gives the status it was answered with (0: no answer), and whether the hub ended it.
  async #follow(stream) {
    let status = 0
    let ended = false
    let silence = null
    const listen = () => {
      clearTimeout(silence)
      silence = setTimeout(() => stream.abort(), SILENCE)
    }
    try {
      listen()
      const response = await this.#request(this.#places.keys(), stream.signal)
      status = response.status
      if (!response.ok) return { status, ended }
      this.#report("open")
      const reader = new EventStreamReader()
      const decoder = new TextDecoder()
      for await (const chunk of chunks(response.body)) {
        if (stream !== this.#stream) break
        listen()
        for (const event of reader.push(decoder.decode(chunk, { stream: true }))) this.#receive(JSON.parse(event))
      }
      ended = true
    } catch {
      // Aborted by us, or the connection broke: either way `#open` decides what next.
    } finally {
      clearTimeout(silence)
    }
    return { status, ended }
  }

  #request(channels, signal) {
    const query = [...channels].map(channel => {
      const place = this.#places.get(channel)
      return "c=" + encodeURIComponent(place ? `${channel}:${place.epoch}.${place.seq}` : channel)
    })
    return this.#fetch(`${this.#url}?${query.join("&")}`, {
      headers: { Accept: "text/event-stream" }, credentials: "same-origin", cache: "no-store", signal
    })
  }

  #receive(message) {
    const { channel, epoch, seq } = message
    if (!this.#places.has(channel)) return
    const place = this.#places.get(channel)
    if ("data" in message && place?.epoch === epoch && seq <= place.seq) return
    this.#places.set(channel, { epoch, seq })
    if (message.open) this.#deliver(channel, { open: true })
    else if (message.gap) this.#deliver(channel, { gap: true })
    else this.#deliver(channel, { data: message.data })
  }

  // One channel that is gone refuses the whole stream: find which by asking for each alone.
  async #dropRefused(status) {
    const channels = [...this.#places.keys()]
    for (const channel of channels) {
      const alone = channels.length === 1 ? status : await this.#ask(channel)
      if (alone !== 403 && alone !== 404) continue
      this.#places.delete(channel)
      this.#deliver(channel, { refused: alone })
    }
  }

  async #ask(channel) {
    const stop = new AbortController()
    try {
      return (await this.#request([channel], stop.signal)).status
    } catch {
      return 0
    } finally {
      stop.abort()
    }
  }
}

// Not every browser's streams can be iterated.
async function* chunks(body) {
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}
