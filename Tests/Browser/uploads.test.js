import assert from "node:assert/strict"
import { test } from "node:test"
import { isArchive, requestsOf, together, wordsOf } from "../../Templates/transfer/upload-model.js"

const item = (path, size) => ({ path, file: { size } })
const report = values => ({ added: 0, replaced: 0, unchanged: 0, leftOut: [], leftOutCount: 0, ...values })

test("an upload is parted by number and by size, in order, and loses nothing", () => {
  const items = Array.from({ length: 7 }, (_, index) => item(`f${index}`, index * 10))
  const requests = requestsOf(items, { files: 3, bytes: 60 })
  assert.deepEqual(requests.flat(), items)
  for (const request of requests) {
    const bytes = request.reduce((sum, { file }) => sum + file.size, 0)
    assert.ok(request.length <= 3 && (bytes <= 60 || request.length === 1))
  }
  assert.deepEqual(requestsOf([]), [])
  assert.equal(requestsOf([item("huge", 1000), item("a", 1)], { bytes: 60 }).length, 2)
})

test("archives are known by their names", () => {
  for (const name of ["a.zip", "A.ZIP", "a.tar.gz", "a.tgz", "a.tar", "a.tar.xz"]) assert.ok(isArchive(name), name)
  for (const name of ["zip", "a.zip.txt", "a.gz", "tar.py"]) assert.ok(!isArchive(name), name)
})

test("what came in is told in a sentence, without what waits for an answer", () => {
  assert.equal(wordsOf(report({})), "Nothing came in.")
  const there = { name: "a", reason: "there", exists: true }
  const link = { name: "b", reason: "it is a link", exists: false }
  const sum = together([report({ added: 1 }), report({ added: 1, leftOut: [there, link], leftOutCount: 2 })])
  assert.equal(wordsOf(sum), "2 files added, left out: b (it is a link).")
})
