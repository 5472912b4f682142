import assert from "node:assert/strict"
import { test } from "node:test"
import { viewOf } from "../../Templates/viewing/view-of.js"

test("a file is viewed as what its name says, and byte by byte when it is no text or says nothing", () => {
  assert.equal(viewOf({ path: "docs/README.MD", document: 1 }), "rendered")
  assert.equal(viewOf({ path: "a.csv", document: 1 }), "table")
  assert.equal(viewOf({ path: "a.SVG", document: 1 }), "picture")
  assert.equal(viewOf({ path: "a.csv", document: null }), "hex")
  assert.equal(viewOf({ path: "md", document: null }), "hex")
})
