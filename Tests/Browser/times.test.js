import assert from "node:assert/strict"
import { test } from "node:test"
import { clockOrDate, dateAndClock, localize } from "../../Templates/shared/times.js"

const evening = Date.UTC(2026, 10, 27, 23, 12, 40)

function inZone(zone, body) {
  const before = process.env.TZ
  process.env.TZ = zone
  try {
    body()
  } finally {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  }
}

test("a moment is said in the reader's time zone, summer time and odd zones too", () => {
  inZone("UTC", () => assert.equal(dateAndClock(evening), "2026-11-27 23:12"))
  inZone("Europe/Berlin", () => assert.equal(dateAndClock(evening), "2026-11-28 00:12"))
  inZone("Europe/Berlin", () => assert.equal(dateAndClock("2026-07-01T12:00:00Z"), "2026-07-01 14:00"))
  inZone("Asia/Kathmandu", () => assert.equal(dateAndClock(evening), "2026-11-28 04:57"))
  inZone("America/New_York", () => assert.equal(dateAndClock(evening), "2026-11-27 18:12"))
})

test("what is to happen today is said by the clock alone", () => {
  const [early, late] = [evening - 3_600_000, evening + 3_600_000]
  inZone("UTC", () => assert.equal(clockOrDate(evening, early), "23:12"))
  inZone("UTC", () => assert.equal(clockOrDate(late, evening), "2026-11-28 00:12"))
  inZone("America/New_York", () => assert.equal(clockOrDate(late, evening), "19:12"))
})

test("moments that the server printed are said anew, days and other words are not", t => {
  const printed = textContent => ({
    dateTime: "2026-11-27T23:12:40Z", textContent, replaceWith(other) { this.by = other }
  })
  const [moment, day, words] = ["2026-11-27 23:12 UTC", "2026-11-27", "on Friday"].map(printed)
  globalThis.document = { createElement: () => ({}) }
  t.after(() => delete globalThis.document)
  inZone("Europe/Berlin", () => localize({ querySelectorAll: () => [moment, day, words] }))
  assert.deepEqual(moment.by, {
    dateTime: "2026-11-27T23:12:40.000Z", title: "2026-11-27 23:12 UTC", textContent: "2026-11-28 00:12"
  })
  assert.equal(day.by ?? words.by, undefined)
})
