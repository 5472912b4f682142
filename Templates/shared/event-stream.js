/// Reads server-sent events out of text that comes in pieces. Only `data` is used here; comments (the heartbeat)
/// give nothing.
export class EventStreamReader {
  #rest = ""
  #data = []

  /// The data of each event that `text` completes.
  push(text) {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/)
    this.#rest = lines.pop()
    const events = []
    for (const line of lines) {
      if (line === "") {
        if (this.#data.length) events.push(this.#data.join("\n"))
        this.#data = []
      } else if (line.startsWith("data:")) {
        this.#data.push(line.slice(line[5] === " " ? 6 : 5))
      }
    }
    return events
  }
}
