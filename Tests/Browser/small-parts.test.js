import "./vendor.js"
import assert from "node:assert/strict"
import { test } from "node:test"
import { summary } from "../../Templates/editing/save-state.js"
import { InputQueue } from "../../Templates/running/input-queue.js"
import { OutputTrack, clock, fromBase64 } from "../../Templates/running/output.js"
import { PlainText } from "../../Templates/running/plain-text.js"
import { BackOff } from "../../Templates/shared/back-off.js"
import { EventStreamReader } from "../../Templates/shared/event-stream.js"

const { Text, defaultHighlightStyle } = await import("codemirror")
const { widen } = await import("../../Templates/editing/well-formed.js")
const { highlighter } = await import("../../Templates/editing/highlight.js")

test("the state in the bar is the worst of all files, with the number of changes", () => {
  const sessions = (...states) => states.map(([state, waiting = 0, message = ""]) => ({ state, waiting, message }))
  assert.equal(summary([]).words, "")
  assert.equal(summary(sessions(["saved"], ["saved"])).words, "Saved")
  assert.equal(summary(sessions(["saved"], ["saving", 1])).words, "Saving…")
  assert.equal(summary(sessions(["offline", 1])).words, "Offline – 1 change waits")
  assert.equal(summary(sessions(["offline", 2], ["saving", 1])).words, "Offline – 3 changes wait")
  assert.equal(summary(sessions(["refused", 1, "That is too large."])).words, "That is too large.")
})

test("a change of half a character takes in the other half", () => {
  const doc = Text.of(["x😀y"])
  assert.deepEqual(widen(doc, { from: 2, to: 3, insert: "\ude01" }), { from: 1, to: 3, insert: "😁" })
  assert.deepEqual(widen(doc, { from: 1, to: 2, insert: "\ud83e" }), { from: 1, to: 3, insert: "\ud83e\ude00" })
  assert.deepEqual(widen(doc, { from: 0, to: 0, insert: "\ud83d" }), { from: 0, to: 0, insert: "\ufffd" })
  assert.deepEqual(widen(doc, { from: 0, to: 0, insert: "😁" }), { from: 0, to: 0, insert: "😁" })
})

test("output comes together from pieces that overlap, and a hole is noticed", () => {
  const track = new OutputTrack()
  const bytes = text => new TextEncoder().encode(text)
  const take = (offset, text) => {
    const fresh = track.take(offset, bytes(text))
    return fresh && new TextDecoder().decode(fresh)
  }
  assert.equal(take(0, "abc"), "abc")
  assert.equal(take(0, "abc"), "")
  assert.equal(take(1, "bcde"), "de")
  assert.equal(take(9, "x"), null)
  assert.equal(track.length, 5)
  assert.equal(track.skipTo(9), true)
  assert.equal(track.skipTo(3), false)
  assert.equal(take(9, "x"), "x")
  assert.deepEqual([...fromBase64("/wA=")], [255, 0])
})

test("time is said like a clock", () => {
  assert.deepEqual([-5, 3_000, 760_000, 3_723_000].map(clock), ["0:00", "0:03", "12:40", "1:02:03"])
})

test("a terminal's output as plain lines", () => {
  const read = (...pieces) => {
    const plain = new PlainText()
    const lines = []
    let line = ""
    for (const piece of pieces) {
      const answer = plain.push(piece)
      lines.push(...answer.lines)
      line = answer.line
    }
    return [...lines, line]
  }
  assert.deepEqual(read("one\r\ntwo"), ["one", "two"])
  assert.deepEqual(read("\u001b[1;3", "1mred\u001b[0m\n"), ["red", ""])
  assert.deepEqual(read("10%\r20%\r100%\n"), ["100%", ""])
  assert.deepEqual(read("long line\rab\u001b[K\n"), ["ab", ""])
  assert.deepEqual(read("\u001b]0;title\u0007text\u001b]8;;x\u001b\\link"), ["textlink"])
  assert.deepEqual(read("\u001b(Bx\u001b=y\b!"), ["x!"])
  assert.deepEqual(read("é😀\n"), ["é😀", ""])
})

test("typed bytes go in order, one post at a time, at most 64 KiB each", async () => {
  const posts = []
  let release
  const queue = new InputQueue(bytes => {
    posts.push(bytes.length)
    return new Promise(resolve => { release = resolve })
  })
  queue.push(new Uint8Array(1))
  queue.push(new Uint8Array(2))
  queue.push(new Uint8Array(70_000))
  assert.deepEqual(posts, [1])
  release()
  await Promise.resolve()
  await Promise.resolve()
  assert.deepEqual(posts, [1, 65_536])
  release()
  await Promise.resolve()
  await Promise.resolve()
  assert.deepEqual(posts, [1, 65_536, 4_466])
})

test("waiting grows to its limit, never in step with others, and starts again after a success", () => {
  const backOff = new BackOff({ first: 100, most: 1_000, random: () => 0 })
  assert.deepEqual([1, 2, 3, 4, 5, 6].map(() => backOff.next()), [50, 100, 200, 400, 500, 500])
  backOff.reset()
  assert.equal(backOff.next(), 50)
  assert.equal(new BackOff({ first: 100, random: () => 1 }).next(), 100)
})

test("events out of a stream in pieces; comments give nothing", () => {
  const reader = new EventStreamReader()
  assert.deepEqual(reader.push(": open\n\nda"), [])
  assert.deepEqual(reader.push("ta: {\"a\":1}\r"), [])
  assert.deepEqual(reader.push("\n\ndata:x\ndata: y\n\n:beat\n\n"), ["{\"a\":1}", "x\ny"])
})

test("code gets its colours by the names of its tags", () => {
  const tags = defaultHighlightStyle.specs.flatMap(({ tag }) => tag)
  const classOf = name => highlighter.style(tags.filter(tag => String(tag) === name))
  assert.equal(classOf("keyword"), "tok-keyword")
  assert.equal(classOf("string"), "tok-string")
  assert.equal(classOf("comment"), "tok-comment")
  assert.equal(classOf("special(string)"), "tok-string")
  assert.equal(classOf("definition(variableName)"), null)
  assert.equal(classOf("className"), "tok-type")
  assert.equal(highlighter.style([]), null)
})
