import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

const css = readFileSync(new URL("../../Templates/shared/tokens.css", import.meta.url), "utf8")
const [light, dark] = css.split("@media (prefers-color-scheme: dark)").slice(0, 2).map(colours)
const TEXT = /^(ink|muted|accent|link|ok|warn|bad|code-.*|ansi-(?!black).*)$/

test("every text colour is at least 4.5:1 on every surface of its theme", () => {
  for (const theme of [light, dark]) {
    const names = [...theme.keys()].filter(name => TEXT.test(name))
    assert.ok(names.length >= 20, "the tokens were read")
    for (const name of names) {
      for (const surface of ["bg", "surface", "sunken"]) {
        const ratio = contrast(theme.get(name), theme.get(surface))
        assert.ok(ratio >= 4.5, `${name} ${theme.get(name)} on ${surface}: ${ratio.toFixed(2)}`)
      }
    }
  }
})

test("what is on the accent can be read, and a control's border can be seen (3:1)", () => {
  for (const theme of [light, dark]) {
    for (const accent of ["accent", "accent-hover"]) {
      assert.ok(contrast(theme.get("on-accent"), theme.get(accent)) >= 4.5, accent)
    }
    for (const surface of ["bg", "surface", "sunken"]) {
      assert.ok(contrast(theme.get("line-strong"), theme.get(surface)) >= 3, surface)
    }
  }
})

test("both themes name the same colours", () => {
  assert.deepEqual([...dark.keys()], [...light.keys()])
})

test("the measure of contrast knows black on white, and a bad pair", () => {
  assert.equal(contrast("#000000", "#FFFFFF"), 21)
  assert.ok(contrast("#999999", "#FFFFFF") < 4.5)
})

function colours(text) {
  return new Map([...text.matchAll(/--([a-z-]+): (#[0-9A-F]{6});/g)].map(match => [match[1], match[2]]))
}

// WCAG 2.2, "relative luminance" and "contrast ratio".
function contrast(one, other) {
  const [dim, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (bright + 0.05) / (dim + 0.05)
}

function luminance(colour) {
  const [red, green, blue] = [1, 3, 5].map(at => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
