// Rules of the house that a machine can check, for everything below Templates.
import assert from "node:assert/strict"
import { readFileSync, readdirSync } from "node:fs"
import { test } from "node:test"

const root = new URL("../../Templates/", import.meta.url)
const files = readdirSync(root, { recursive: true })
  .filter(path => /\.(html|js|css)$/.test(path))
  .map(path => ({ path, text: readFileSync(new URL(path, root), "utf8") }))
const of = ending => files.filter(({ path }) => path.endsWith(ending))

/// What is wrong with a template, in words.
function faultsOfTemplate(text) {
  const faults = []
  if (/\sstyle=/.test(text)) faults.push("a style attribute")
  if (/\son[a-z]+=/.test(text)) faults.push("a handler attribute")
  if (/<script(?![^>]*\snonce=|[^>]*type="application\/json")/.test(text)) faults.push("a script without the nonce")
  if (/(src|href|action)="https?:/.test(text)) faults.push("an address outside")
  for (const [form] of text.matchAll(/<form[^>]*method="post"[\s\S]*?<\/form>/g)) {
    if (!form.includes(`name="_csrf" value="{{ site.csrf }}"`)) faults.push("a form without its token")
  }
  for (const [, address] of text.matchAll(/(?:src|href|action)="([^"]*)"/g)) {
    if (address.startsWith("/")) faults.push(`an address without the base path: ${address}`)
  }
  return faults
}

/// What is wrong with a script, in words.
function faultsOfScript(text) {
  const faults = []
  if (/;$/m.test(text)) faults.push("a semicolon")
  if (/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|window\.(prompt|alert|confirm)/.test(text)) {
    faults.push("text made into a page or a program")
  }
  return faults
}

test("no template has inline styles or handlers, forms without their token, or addresses outside the base path", () => {
  assert.ok(of(".html").length > 10)
  for (const { path, text } of of(".html")) assert.deepEqual(faultsOfTemplate(text), [], path)
})

test("no script makes a page out of text, and none has semicolons", () => {
  assert.ok(of(".js").length > 20)
  for (const { path, text } of of(".js")) assert.deepEqual(faultsOfScript(text), [], path)
})

test("scripts and styles have at most 300 lines of at most 120 characters", () => {
  for (const { path, text } of [...of(".js"), ...of(".css")]) {
    const lines = text.split("\n")
    assert.ok(lines.length <= 301, path)
    lines.forEach((line, index) => assert.ok(line.length <= 120, `${path}:${index + 1}`))
  }
})

test("colours are named by the themes only", () => {
  const themes = ["tokens", "dark", "contrast", "contrast-dark"].map(name => `shared/${name}.css`)
  for (const { path, text } of of(".css").filter(({ path }) => !themes.includes(path))) {
    assert.equal(/#[0-9a-f]{3,8}\b/i.test(text), false, path)
  }
})

test("every file that a template or a script names exists", () => {
  const known = new Set(files.map(({ path }) => path))
  for (const { path, text } of files) {
    const assets = [...text.matchAll(/\{\{ site\.assets \}\}\/([^"]+)"/g)].map(match => match[1])
    const modules = [...text.matchAll(/from "(\.[^"]+)"/g)]
      .map(match => new URL(match[1], new URL(path, "file:///")).pathname.slice(1))
    const ours = name => /\.(js|css)$/.test(name) && !name.startsWith("vendor/")
    for (const name of [...assets, ...modules].filter(ours)) {
      assert.ok(known.has(name), `${path} names ${name}`)
    }
  }
})

test("these checks can fail", () => {
  assert.equal(faultsOfTemplate(`<p style="x" onclick="y"><script src="a"></script>`).length, 3)
  assert.equal(faultsOfTemplate(`<form method="post" action="/x"></form>`).length, 2)
  assert.equal(faultsOfScript("a.innerHTML = b;\n").length, 2)
})
