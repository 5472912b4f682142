import assert from "node:assert/strict"
import { test } from "node:test"
import { BackOff } from "../../Templates/shared/back-off.js"
import { LiveConnection } from "../../Templates/shared/live-connection.js"

/// A hub whose streams are written by hand. `answers` gives the status for a query; each open waits in `streams`.
class Hub {
  constructor(answers = () => 200) {
    this.answers = answers
    this.queries = []
    this.heard = []
    this.waiting = []
    this.connection = new LiveConnection({
      url: "http://site/live", fetch: this.fetch, backOff: new BackOff({ first: 0 }),
      deliver: (channel, message) => this.note([channel, message]), report: state => this.note(state)
    })
  }

  fetch = async (url, { signal }) => {
    const query = decodeURIComponent(new URL(url).search.slice(1))
    this.queries.push(query)
    const status = this.answers(query)
    if (status === 0) throw new TypeError("network")
    const body = new ReadableStream({ start: controller => { this.stream = controller } })
    signal.addEventListener("abort", () => { try { this.stream.error(new Error("aborted")) } catch {} })
    this.note(`asked ${query}`)
    return { status, ok: status < 400, body }
  }

  send(message) {
    this.stream.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(message)}\n\n`))
  }

  note(entry) {
    this.heard.push(entry)
    this.waiting = this.waiting.filter(wait => !wait())
  }

  /// Resolves when `found(heard)` is true.
  until(found) {
    return new Promise(resolve => {
      const wait = () => found(this.heard) && (resolve(), true)
      if (!wait()) this.waiting.push(wait)
    })
  }
}

const has = entry => heard => heard.some(item => JSON.stringify(item) === JSON.stringify(entry))
const asked = (query, times = 1) => heard => heard.filter(item => item === `asked ${query}`).length >= times

test("channels joined together are one stream; messages go to their channel", async () => {
  const hub = new Hub()
  hub.connection.subscribe("document/1")
  hub.connection.subscribe("project/7")
  await hub.until(asked("c=document/1&c=project/7"))
  hub.send({ channel: "document/1", epoch: "e", seq: 4, open: true })
  hub.send({ channel: "document/1", epoch: "e", seq: 5, data: "five" })
  hub.send({ channel: "project/7", epoch: "e", seq: 0, gap: true })
  await hub.until(has(["project/7", { gap: true }]))
  assert.deepEqual(hub.heard.filter(Array.isArray), [
    ["document/1", { open: true }], ["document/1", { data: "five" }], ["project/7", { gap: true }]
  ])
  hub.connection.stop()
})

test("a new channel reopens the stream where the others stand, and what comes twice is heard once", async () => {
  const hub = new Hub()
  hub.connection.subscribe("document/1")
  await hub.until(asked("c=document/1"))
  hub.send({ channel: "document/1", epoch: "e", seq: 5, data: "five" })
  await hub.until(has(["document/1", { data: "five" }]))
  hub.connection.subscribe("run/9")
  await hub.until(asked("c=document/1:e.5&c=run/9"))
  hub.send({ channel: "document/1", epoch: "e", seq: 5, data: "five" })
  hub.send({ channel: "document/1", epoch: "e", seq: 6, data: "six" })
  await hub.until(has(["document/1", { data: "six" }]))
  assert.equal(hub.heard.filter(item => JSON.stringify(item).includes("five")).length, 1)
  hub.connection.stop()
})

test("a channel joined a second time is told to ask at once", async () => {
  const hub = new Hub()
  hub.connection.subscribe("document/1")
  await hub.until(asked("c=document/1"))
  hub.send({ channel: "document/1", epoch: "e", seq: 1, open: true })
  await hub.until(has(["document/1", { open: true }]))
  hub.connection.subscribe("document/1")
  assert.equal(hub.heard.filter(Array.isArray).length, 2)
  assert.equal(hub.queries.length, 1)
  hub.connection.stop()
})

test("a broken stream is opened again where it stood", async () => {
  const hub = new Hub()
  hub.connection.subscribe("document/1")
  await hub.until(asked("c=document/1"))
  hub.send({ channel: "document/1", epoch: "e", seq: 8, data: 8 })
  await hub.until(has(["document/1", { data: 8 }]))
  hub.stream.error(new Error("cut"))
  await hub.until(asked("c=document/1:e.8"))
  assert.ok(hub.heard.includes("connecting"))
  hub.connection.stop()
})

test("401 stops and says so; nothing is asked until somebody tries again", async () => {
  let status = 401
  const hub = new Hub(() => status)
  hub.connection.subscribe("document/1")
  await hub.until(has("signed-out"))
  assert.equal(hub.queries.length, 1)
  status = 200
  hub.connection.retry()
  await hub.until(has("open"))
  hub.connection.stop()
})

test("of several channels only the one that is gone is refused", async () => {
  const hub = new Hub(query => query.includes("document/2") ? 404 : 200)
  for (const channel of ["document/1", "document/2", "project/7"]) hub.connection.subscribe(channel)
  await hub.until(asked("c=document/1&c=project/7"))
  assert.deepEqual(hub.heard.filter(Array.isArray), [["document/2", { refused: 404 }]])
  hub.connection.stop()
})

test("without an answer it says connecting and tries again", async () => {
  let status = 0
  const hub = new Hub(() => status)
  hub.connection.subscribe("document/1")
  await hub.until(has("connecting"))
  status = 200
  await hub.until(has("open"))
  hub.connection.stop()
})
