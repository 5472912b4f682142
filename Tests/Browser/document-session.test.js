import "./vendor.js"
import assert from "node:assert/strict"
import { test } from "node:test"
import { randomOf } from "./random.js"

const { ChangeSet, Text } = await import("codemirror")

// What the module needs of a page, as little as possible; after CodeMirror, which would take it for a real one.
const kept = new Map()
globalThis.document = { querySelector: () => null }
globalThis.addEventListener = () => {}
globalThis.removeEventListener = () => {}
globalThis.sessionStorage = {
  getItem: key => kept.get(key) ?? null,
  setItem: (key, value) => kept.set(key, value),
  removeItem: key => kept.delete(key)
}
Object.defineProperty(globalThis, "navigator", { value: { locks: { request: async (...args) => args.at(-1)({}) } } })

const { Authority } = await import("./authority.js")
const { DocumentSession } = await import("../../Templates/editing/document-session.js")

let documents = 0

/// The site with one document, which has a number of its own so that a test that is over can't write into it.
/// `fail(request)` may throw (no answer), give a status, or nothing (all is well); `lose(request)` true means that the
/// answer is lost after the work was done.
function site(authority, { fail = () => {}, lose = () => false, keeps = Infinity } = {}) {
  authority.id ??= ++documents
  globalThis.fetch = async (path, { method = "GET", body } = {}) => {
    if (!path.startsWith(`/documents/${authority.id}/`)) return reply(404, {})
    const status = fail({ path, method })
    if (status) return reply(status, { message: `refused with ${status}` })
    const since = Number(new URL(path, "http://site").searchParams.get("since"))
    let answer = method === "POST" ? authority.push(JSON.parse(body)) : authority.pull(since)
    if (authority.version - since > keeps && method === "GET") {
      answer = { status: 200, version: authority.version, text: authority.text.toString() }
    }
    if (lose({ path, method })) throw new TypeError("network")
    const { status: code, ...rest } = answer
    return reply(code, rest)
  }
}

function reply(status, body) {
  return { ok: status < 400, status, text: async () => JSON.stringify(body) }
}

class Live extends EventTarget {
  state = "open"
  join(_, listener) {
    this.tell = listener
    return () => {}
  }
}

/// A session with a text on a screen.
class Page {
  constructor(authority, text = authority.text) {
    this.text = text
    this.live = new Live()
    const apply = changes => { this.text = changes.apply(this.text) }
    this.session = new DocumentSession({ id: authority.id, version: authority.version, text, live: this.live, apply })
  }

  type(from, insert) {
    const changes = ChangeSet.of({ from, insert }, this.text.length, "\n")
    this.text = changes.apply(this.text)
    this.session.edited(changes)
  }

  /// Resolves when it has all that the authority has.
  async pull(authority) {
    this.live.tell({ gap: true })
    while (this.session.version < authority.version) await new Promise(resolve => setTimeout(resolve))
  }
}

function open(authority) {
  kept.clear()
  const page = new Page(authority)
  page.session.start()
  return page
}

test("an edit is saving until the site has it, then saved", async () => {
  const authority = new Authority("")
  site(authority)
  const page = open(authority)
  page.type(0, "a")
  assert.equal(page.session.state, "saving")
  assert.equal(await page.session.flush(), true)
  assert.equal(page.session.state, "saved")
  assert.equal(page.session.waiting, 0)
  assert.equal(authority.text.toString(), "a")
  assert.equal(page.session.confirmed.toString(), "a")
})

test("without an answer it is offline and says how many changes wait; later all goes as one batch", async () => {
  const authority = new Authority("")
  let away = true
  site(authority, { fail: () => { if (away) throw new TypeError("network") } })
  const page = open(authority)
  page.type(0, "a")
  page.type(1, "b")
  assert.equal(await page.session.flush(), false)
  page.type(2, "c")
  assert.equal(page.session.state, "offline")
  assert.equal(page.session.waiting, 3)
  away = false
  assert.equal(await page.session.flush(), true)
  assert.equal(authority.text.toString(), "abc")
  assert.equal(authority.version, 2)
})

test("a lost answer doesn't double the text", async () => {
  const authority = new Authority("")
  let losing = true
  site(authority, { lose: () => losing })
  const page = open(authority)
  page.type(0, "once")
  assert.equal(await page.session.flush(), false)
  losing = false
  assert.equal(await page.session.flush(), true)
  assert.equal(authority.text.toString(), "once")
})

for (const [status, state] of [[401, "signed-out"], [404, "gone"], [413, "refused"], [422, "refused"]]) {
  test(`${status} is said as ${state}, and nothing is sent again`, async () => {
    const authority = new Authority("")
    let requests = 0
    site(authority, { fail: () => (requests += 1, status) })
    const page = open(authority)
    page.type(0, "a")
    assert.equal(await page.session.flush(), false)
    assert.equal(page.session.state, state)
    assert.equal(await page.session.flush(), false)
    assert.equal(requests, 1)
  })
}

test("503 is offline, not refused", async () => {
  const authority = new Authority("")
  site(authority, { fail: () => 503 })
  const page = open(authority)
  page.type(0, "a")
  await page.session.flush()
  assert.equal(page.session.state, "offline")
  page.session.stop()
})

test("updates too far back come as a text, and what is unsent stays on top of it", async () => {
  const authority = new Authority("start\nend\n")
  site(authority, { keeps: 2 })
  const page = open(authority)
  for (let index = 0; index < 5; index++) {
    authority.push({
      version: authority.version, client: "other", sequence: index + 1,
      changes: ChangeSet.of({ from: 6, insert: `line ${index}\n` }, authority.text.length).toJSON()
    })
  }
  page.type(0, "mine ")
  page.live.tell({ gap: true })
  assert.equal(await page.session.flush(), true)
  assert.equal(page.text.toString(), "mine start\nline 4\nline 3\nline 2\nline 1\nline 0\nend\n")
  assert.equal(authority.text.toString(), page.text.toString())
})

test("a change set that doesn't fit is refused in words instead of spoiling the text", async t => {
  t.mock.method(console, "error", () => {})
  const authority = new Authority("abc")
  site(authority)
  const page = open(authority)
  page.live.tell({ data: { version: 1, client: "other", sequence: 1, changes: [99] } })
  assert.equal(page.session.state, "refused")
  assert.match(page.session.message, /Reload/)
  assert.equal(page.text.toString(), "abc")
})

// A document "base" of which a page that is gone could not send a "!" at its end.
async function unsentDocument() {
  const authority = new Authority("base")
  site(authority, { fail: () => { throw new TypeError("network") } })
  const page = open(authority)
  page.type(4, "!")
  await page.session.flush()
  page.session.stop()
  return authority
}

test("what a reload found unsent is taken up, also when others typed meanwhile", async () => {
  const authority = await unsentDocument()
  authority.push({ version: 0, client: "other", sequence: 1, changes: [[0, ">"], 4] })

  site(authority)
  const after = new Page(authority)
  const unsent = await after.session.restore()
  after.text = unsent.apply(after.text)
  assert.equal(after.text.toString(), ">base!")
  after.session.start()
  assert.equal(await after.session.flush(), true)
  assert.equal(authority.text.toString(), ">base!")
  assert.equal(kept.size, 0)
})

test("what a reload found unsent waits for the site, and what fits no more is given back", async () => {
  const authority = await unsentDocument()
  const unsent = [...kept]
  let failures = 2
  site(authority, { fail: () => { if (failures-- > 0) throw new TypeError("network") } })
  const after = new Page(authority)
  assert.equal((await after.session.restore()).apply(after.text).toString(), "base!")

  for (const [key, value] of unsent) kept.set(key, value)
  for (let index = 0; index < 3; index++) {
    authority.push({
      version: authority.version, client: "other", sequence: index + 1,
      changes: ChangeSet.of({ from: 0, insert: "x" }, authority.text.length).toJSON()
    })
  }
  site(authority, { keeps: 1 })
  const late = new Page(authority)
  assert.equal(await late.session.restore(), null)
  assert.equal(late.session.lost, "!")
})

for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
  test(`three pages over a bad network converge (seed ${seed})`, async () => {
    const random = randomOf(seed)
    const authority = new Authority("first\nsecond\n")
    let bad = true
    site(authority, {
      fail: () => { if (bad && random.next() < 0.2) throw new TypeError("network") },
      lose: () => bad && random.next() < 0.2
    })
    const pages = [0, 1, 2].map(() => new Page(authority, Text.of(["first", "second", ""])))
    for (const page of pages) page.session.start()
    for (let step = 0; step < 120; step++) {
      const page = random.pick(pages)
      page.type(random.below(page.text.length + 1), random.pick(["x", "yy", "\n"]))
      if (random.next() < 0.3) await random.pick(pages).session.flush()
      if (random.next() < 0.2) random.pick(pages).live.tell({ data: authority.updates.at(-1 - random.below(3)) })
    }
    bad = false
    for (const page of pages) assert.equal(await page.session.flush(), true)
    for (const page of pages) await page.pull(authority)
    for (const page of pages) {
      await page.session.flush()
      page.live.tell({ data: authority.updates.at(-1) })
      assert.equal(page.text.toString(), authority.text.toString())
      page.session.stop()
    }
  })
}
