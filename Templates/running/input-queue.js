const MOST = 64 * 1024

/// Sends what is typed into a run in order, one post at a time: what is typed meanwhile goes together in the next.
export class InputQueue {
  #send
  #waiting = new Uint8Array(0)
  #sending = false

  /// `send(bytes)` posts at most 64 KiB and throws when it can't.
  constructor(send) {
    this.#send = send
  }

  push(bytes) {
    const joined = new Uint8Array(this.#waiting.length + bytes.length)
    joined.set(this.#waiting)
    joined.set(bytes, this.#waiting.length)
    this.#waiting = joined
    if (!this.#sending) this.#drain()
  }

  async #drain() {
    this.#sending = true
    try {
      while (this.#waiting.length) {
        const part = this.#waiting.subarray(0, MOST)
        this.#waiting = this.#waiting.subarray(part.length)
        await this.#send(part)
      }
    } catch {
      // The run has ended, or the site is away: typed text has no one to go to.
      this.#waiting = new Uint8Array(0)
    } finally {
      this.#sending = false
    }
  }
}
