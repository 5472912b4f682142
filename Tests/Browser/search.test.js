import assert from "node:assert/strict"
import { test } from "node:test"
import { SearchTally, queryOf } from "../../Templates/searching/search-query.js"

test("a search's address has what was typed and chosen, and where its slice begins", () => {
  const fields = { q: "a&b=ü", include: "", exclude: "*.txt", case: "on" }
  assert.equal(queryOf(fields), "q=a%26b%3D%C3%BC&exclude=*.txt&case=on")
  assert.equal(queryOf({ q: "x" }, { from: "a b/c", skip: 500 }), "q=x&from=a+b%2Fc&skip=500")
})

test("to replace by nothing is to replace", () => {
  assert.equal(queryOf({ q: "x", replacement: "", replace: "on" }), "q=x&replace=on&replacement=")
})

test("slices add up: a file that goes on in the next one is counted once", () => {
  const tally = new SearchTally()
  const file = (path, count) => ({ path, matches: Array(count).fill({}) })
  tally.add({ files: [file("a", 500)], searched: 0, total: 3, next: { from: "a", skip: 500 } })
  assert.equal(tally.words, "500 matches in 1 file in the first 0 of 3 files.")
  tally.add({ files: [file("a", 1), file("c", 1)], searched: 3, total: 3, next: null })
  assert.equal(tally.words, "502 matches in 2 files.")
})

test("nothing found is said when all was searched, and not before", () => {
  const tally = new SearchTally()
  tally.add({ files: [], searched: 2, total: 9, next: { from: "x", skip: 0 } })
  assert.equal(tally.words, "No matches in the first 2 of 9 files.")
  tally.add({ files: [], searched: 9, total: 9, next: null })
  assert.equal(tally.words, "No matches.")
})
