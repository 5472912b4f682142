import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"

const read = path => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8")
const tokens = read("Templates/shared/tokens.css")
const LEAST = { light: 4.5, dark: 4.5, contrast: 7, "contrast-dark": 7 }
const themes = Object.keys(LEAST).map(name => {
  const css = name === "light" ? tokens : read(`Templates/shared/${name}.css`)
  return { name, least: LEAST[name], colours: colours(css.slice(0, css.indexOf("}"))) }
})
const TEXT = /^(ink|muted|accent|accent-hover|link|ok|warn|bad|code-.*|ansi-(?!black).*)$/
const SURFACES = ["bg", "surface", "sunken"]

for (const { name, least, colours } of themes) {
  const texts = [...colours.keys()].filter(token => TEXT.test(token))

  test(`${name}: every text colour is at least ${least}:1 on every surface`, () => {
    assert.ok(texts.length >= 22, "the tokens were read")
    for (const text of texts) {
      for (const surface of SURFACES) check(colours, text, colours.get(surface), least, surface)
    }
  })

  test(`${name}: code can be read (4.5:1) on the cursor's line, where it is selected and where it is found`, () => {
    const surface = colours.get("surface")
    const line = over(colours.get("hover"), surface)
    for (const text of texts.filter(token => token.startsWith("code-"))) {
      check(colours, text, line, 4.5, "the line of the cursor")
      check(colours, text, over(colours.get("selection"), surface), 4.5, "a selection")
      check(colours, text, over(colours.get("match"), surface), 4.5, "a match")
    }
  })

  test(`${name}: what a terminal prints can be read (4.5:1) where it is selected`, () => {
    const surface = over(colours.get("selection"), colours.get("bg"))
    for (const text of texts.filter(token => token.startsWith("ansi-"))) {
      check(colours, text, surface, 4.5, "a selection in the terminal")
    }
  })

  test(`${name}: what is on the accent can be read, and controls' borders and the focus can be seen (3:1)`, () => {
    for (const accent of ["accent", "accent-hover"]) check(colours, "on-accent", colours.get(accent), least, accent)
    for (const surface of SURFACES) {
      for (const mark of ["line-strong", "focus"]) check(colours, mark, colours.get(surface), 3, surface)
    }
  })
}

test("all themes name the same colours", () => {
  for (const { name, colours } of themes) assert.deepEqual([...colours.keys()], [...themes[0].colours.keys()], name)
})

test("the contrast themes have no tints: one surface, and lines as strong as text", () => {
  for (const { name, colours } of themes.filter(theme => theme.name.startsWith("contrast"))) {
    assert.equal(new Set(SURFACES.map(surface => String(colours.get(surface)))).size, 1, name)
    assert.deepEqual(colours.get("line"), colours.get("ink"), name)
  }
})

test("each size and width that can be chosen has its rule", () => {
  const choices = read("Sources/Preferences/Preferences.swift")
  for (const [list, attribute, value] of [
    ["codeSizes", "code-size", number => `--code-size: ${number}px`],
    ["tabWidths", "tab-width", number => `--tab-width: ${number}`]
  ]) {
    const numbers = choices.match(new RegExp(`${list} = \\[([0-9, ]+)\\]`))[1].split(", ")
    assert.ok(numbers.length >= 4)
    for (const number of numbers) {
      assert.ok(tokens.includes(`[data-${attribute}="${number}"] {\n  ${value(number)};\n}`), `${attribute} ${number}`)
    }
  }
})

test("the measure of contrast knows black on white, a bad pair, and what shines through", () => {
  assert.equal(contrast([0, 0, 0], [255, 255, 255]), 21)
  assert.ok(contrast([153, 153, 153], [255, 255, 255]) < 4.5)
  assert.deepEqual(over([0, 0, 0, 0.5], [255, 255, 255]), [127.5, 127.5, 127.5])
})

/// The colours of a rule by their token: red, green, blue and, where there is one, how much covers what is below.
function colours(text) {
  const solid = /^#([0-9A-F]{2})([0-9A-F]{2})([0-9A-F]{2})$/
  const found = new Map()
  for (const [, name, value] of text.matchAll(/--([a-z-]+): ([^;]+);/g)) {
    const hex = value.match(solid)
    const part = value.match(/^rgb\((\d+) (\d+) (\d+) \/ (\d+)%\)$/)
    if (hex) found.set(name, hex.slice(1).map(digits => parseInt(digits, 16)))
    else if (part) found.set(name, [...part.slice(1, 4).map(Number), Number(part[4]) / 100])
    else if (name === "chosen") found.set(name, [0, 0, 0, 0])
  }
  return found
}

function check(colours, text, below, least, where) {
  const ratio = contrast(colours.get(text), below)
  assert.ok(ratio >= least, `${text} on ${where}: ${ratio.toFixed(2)}`)
}

function over([red, green, blue, part], below) {
  return [red, green, blue].map((value, at) => value * part + below[at] * (1 - part))
}

// WCAG 2.2, "relative luminance" and "contrast ratio".
function contrast(one, other) {
  const [dim, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (bright + 0.05) / (dim + 0.05)
}

function luminance(colour) {
  const [red, green, blue] = colour.map(part => {
    const value = part / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
