// Where the tests find the vendored CodeMirror: the folder of CARREL_VENDOR (with codemirror/index.js in it).
// Our modules import "codemirror" by the page's import map; this does the same for node.
import { register } from "node:module"
import { resolve } from "node:path"
import { pathToFileURL } from "node:url"

const folder = process.env.CARREL_VENDOR
if (!folder) throw new Error("Set CARREL_VENDOR to the folder that has codemirror/index.js (see scripts/start).")
const target = pathToFileURL(resolve(folder, "codemirror/index.js")).href
const hook = `export async function resolve(specifier, context, next) {
  return next(specifier === "codemirror" ? ${JSON.stringify(target)} : specifier, context)
}`
register(`data:text/javascript,${encodeURIComponent(hook)}`)
