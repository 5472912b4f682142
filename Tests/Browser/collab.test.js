import "./vendor.js"
import assert from "node:assert/strict"
import { test } from "node:test"
import { randomOf } from "./random.js"

const { ChangeSet } = await import("codemirror")
const { Authority } = await import("./authority.js")
const collab = await import("../../Templates/editing/collab.js")

/// A reader with a text on the screen: `type(at, "ab")`, `cut(from, to)`, `send()`, `hear()`.
class Reader {
  constructor(authority, client) {
    this.authority = authority
    this.text = authority.text
    this.state = collab.begin(authority.version, client)
  }

  type(at, insert) {
    this.edit({ from: at, insert })
  }

  cut(from, to) {
    this.edit({ from, to })
  }

  edit(change) {
    const changes = ChangeSet.of(change, this.text.length, "\n")
    this.text = changes.apply(this.text)
    this.state = collab.edit(this.state, changes)
  }

  batch() {
    const [state, batch] = collab.takeSendable(this.state)
    this.state = state
    return batch && JSON.parse(JSON.stringify(batch))
  }

  take(updates) {
    const parsed = updates.map(update => ({ ...update, changes: ChangeSet.fromJSON(update.changes) }))
    const { state, changes, gap } = collab.receive(this.state, parsed)
    this.state = state
    if (changes) this.text = changes.apply(this.text)
    return gap
  }

  send() {
    const batch = this.batch()
    if (batch) this.take(this.authority.push(batch).updates)
  }

  hear() {
    this.take(this.authority.pull(this.state.version).updates)
  }
}

function pair(text) {
  const authority = new Authority(text)
  return [authority, new Reader(authority, "ada"), new Reader(authority, "grace")]
}

function agree(authority, readers, expected = authority.text.toString()) {
  assert.equal(authority.text.toString(), expected)
  for (const reader of readers) {
    assert.equal(reader.text.toString(), expected)
    assert.equal(collab.hasUnconfirmed(reader.state), false)
  }
}

function settle(readers) {
  for (let round = 0; round < 50 && readers.some(reader => collab.hasUnconfirmed(reader.state)); round++) {
    for (const reader of readers) reader.send()
  }
  for (const reader of readers) reader.hear()
}

test("what one reader types reaches the other", () => {
  const [authority, ada, grace] = pair("one")
  ada.type(3, " two")
  ada.send()
  grace.hear()
  agree(authority, [ada, grace], "one two")
})

test("at one place the authority's order wins: who came first stands first", () => {
  const [authority, ada, grace] = pair("")
  ada.type(0, "A")
  grace.type(0, "G")
  ada.send()
  settle([ada, grace])
  agree(authority, [ada, grace], "AG")
})

test("typing while a batch is on its way goes into the next batch as one", () => {
  const [authority, ada] = pair("")
  ada.type(0, "a")
  const first = ada.batch()
  ada.type(1, "b")
  ada.type(2, "c")
  assert.deepEqual(ada.batch(), first)
  ada.take(authority.push(first).updates)
  const second = ada.batch()
  assert.equal(second.sequence, 2)
  assert.deepEqual(second.changes, [1, [0, "bc"]])
  ada.take(authority.push(second).updates)
  agree(authority, [ada], "abc")
})

test("a stale batch is refused, rebased and taken under its old number", () => {
  const [authority, ada, grace] = pair("text")
  ada.type(0, "x")
  ada.send()
  grace.cut(0, 4)
  const stale = grace.batch()
  const answer = authority.push(stale)
  assert.equal(answer.status, 409)
  assert.equal(authority.version, 1)
  grace.take(answer.updates)
  const again = grace.batch()
  assert.equal(again.sequence, stale.sequence)
  assert.equal(again.version, 1)
  grace.take(authority.push(again).updates)
  ada.hear()
  agree(authority, [ada, grace], "x")
})

test("an answer that was lost does no harm: the same batch again is taken once", () => {
  const [authority, ada, grace] = pair("")
  ada.type(0, "once")
  authority.push(ada.batch())
  grace.hear()
  grace.type(4, "!")
  grace.send()
  ada.take(authority.push(ada.batch()).updates)
  agree(authority, [ada, grace], "once!")
})

test("the live stream may confirm a batch before its own answer does", () => {
  const [authority, ada] = pair("")
  ada.type(0, "a")
  const { updates } = authority.push(ada.batch())
  ada.take(updates)
  ada.take(updates)
  agree(authority, [ada], "a")
})

test("a missing update is a gap: nothing after it is applied", () => {
  const [authority, ada, grace] = pair("")
  for (const letter of ["a", "b"]) {
    ada.type(0, letter)
    ada.send()
  }
  assert.equal(grace.take(authority.updates.slice(1)), true)
  assert.equal(grace.text.toString(), "")
  assert.equal(grace.take(authority.updates), false)
  agree(authority, [ada, grace], "ba")
})

test("what was typed and taken back needs no batch", () => {
  const [, ada] = pair("x")
  ada.type(1, "y")
  ada.cut(1, 2)
  assert.equal(ada.batch(), null)
})

test("what a page leaves unsent is taken up after the reload, at the newest version", () => {
  const [authority, ada, grace] = pair("")
  ada.type(0, "a")
  const lost = ada.batch()
  ada.type(1, "b")
  const kept = JSON.parse(JSON.stringify(collab.pack(ada.state)))
  grace.type(0, "g")
  grace.send()
  assert.equal(authority.push(lost).status, 409)

  const reloaded = reload(authority, kept)
  assert.equal(reloaded.text.toString(), "gab")
  settle([reloaded, grace])
  agree(authority, [reloaded, grace], "gab")
})

test("what a page sent while it was left isn't typed twice after the reload", () => {
  const [authority, ada] = pair("")
  ada.type(0, "a")
  const late = ada.batch()
  ada.type(1, "b")
  const kept = JSON.parse(JSON.stringify(collab.pack(ada.state)))
  authority.push(late)
  const reloaded = reload(authority, kept)
  settle([reloaded])
  agree(authority, [reloaded], "ab")
})

function reload(authority, kept) {
  const reader = new Reader(authority, "nobody yet")
  const missed = authority.pull(kept.version).updates
    .map(update => ({ ...update, changes: ChangeSet.fromJSON(update.changes) }))
  reader.state = collab.receive(collab.unpack(kept, ChangeSet.fromJSON), missed).state
  reader.text = collab.unconfirmed(reader.state)?.apply(reader.text) ?? reader.text
  return reader
}

test("half a character never leaves this page, and lengths stay", () => {
  const [authority, ada] = pair("")
  ada.type(0, "😀")
  ada.cut(0, 1)
  const batch = ada.batch()
  assert.equal(/\\ud[89a-f]/i.test(JSON.stringify(batch)), false)
  ada.take(authority.push(batch).updates)
  assert.equal(authority.text.length, ada.text.length)
})

test("the smallest replacement between two texts", () => {
  assert.equal(collab.replacement("same", "same"), null)
  assert.deepEqual(collab.replacement("abcd", "abXcd"), { from: 2, to: 2, insert: "X" })
  assert.deepEqual(collab.replacement("aaa", "aa"), { from: 2, to: 3, insert: "" })
  assert.deepEqual(collab.replacement("", "x"), { from: 0, to: 0, insert: "x" })
  assert.deepEqual(collab.replacement("a😀b", "a😁b"), { from: 1, to: 3, insert: "😁" }, "no half of a character")
  assert.deepEqual(collab.replacement("\u{1f600}b", "\u{1fa00}b"), { from: 0, to: 2, insert: "\u{1fa00}" })
})

// Three readers type at random; batches, answers and live messages are late, doubled or lost at random. In the end
// all show the authority's text.
for (const seed of Array.from({ length: 60 }, (_, index) => index + 1)) {
  test(`random edits of three readers converge (seed ${seed})`, () => {
    const random = randomOf(seed)
    const authority = new Authority("one\ntwo\n\nthree 😀\n")
    const readers = ["ada", "grace", "tim"].map(client => new Reader(authority, client))
    const answers = []
    for (let step = 0; step < 300; step++) {
      const reader = random.pick(readers)
      const chance = random.next()
      if (chance < 0.5) editAtRandom(reader, random)
      else if (chance < 0.7) {
        const batch = reader.batch()
        if (batch) answers.push([reader, authority.push(batch)])
      } else if (chance < 0.85 && answers.length) {
        const [to, answer] = random.pick(answers)
        to.take(answer.updates)
        if (random.next() < 0.7) answers.splice(answers.findIndex(entry => entry[1] === answer), 1)
      } else {
        const from = Math.max(0, reader.state.version - random.below(3))
        reader.take(authority.updates.slice(from, from + 1 + random.below(4)))
      }
    }
    settle(readers)
    agree(authority, readers)
  })
}

function editAtRandom(reader, random) {
  const { length } = reader.text
  const from = random.below(length + 1)
  if (random.next() < 0.35 && length > 0) {
    reader.cut(Math.min(from, length - 1), Math.min(length, from + 1 + random.below(4)))
  } else {
    reader.type(from, random.pick(["a", "bc", "\n", "é", "x\ny", "    "]))
  }
}

test("the check of convergence can fail", () => {
  const [authority, ada] = pair("")
  ada.type(0, "unsent")
  assert.throws(() => agree(authority, [ada]))
})
