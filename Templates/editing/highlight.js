// Which colour a piece of code gets. The editor's bundle doesn't export the tags themselves, so they are known by
// name ("keyword", "function(variableName)"); a name that isn't here falls back to the names it is a special case of.
const CLASSES = {
  "comment": "comment",
  "keyword": "keyword",
  "modifier": "keyword",
  "tagName": "keyword",
  "string": "string",
  "regexp": "string",
  "inserted": "string",
  "number": "number",
  "bool": "number",
  "null": "number",
  "atom": "number",
  "escape": "number",
  "color": "number",
  "changed": "number",
  "function(variableName)": "function",
  "function(propertyName)": "function",
  "macroName": "function",
  "attributeName": "function",
  "labelName": "function",
  "typeName": "type",
  "className": "type",
  "namespace": "type",
  "meta": "type",
  "standard(variableName)": "type",
  "heading": "heading",
  "strong": "strong",
  "emphasis": "emphasis",
  "link": "link",
  "url": "link",
  "strikethrough": "strike",
  "invalid": "invalid"
}

// Each key that is typed asks for all that is in sight.
const known = new Map()

/// A highlighter for CodeMirror's `syntaxHighlighting`: gives class names, the colours are in editor.css. Variables,
/// operators and punctuation have none, they are in the colour of the text: most of a program is made of them, and with
/// an element for each every key takes a third longer.
export const highlighter = {
  style(tags) {
    const classes = new Set(tags.map(knownClassOf).filter(Boolean))
    return classes.size ? [...classes].map(name => `tok-${name}`).join(" ") : null
  }
}

function knownClassOf(tag) {
  if (!known.has(tag)) known.set(tag, classOf(tag))
  return known.get(tag)
}

function classOf(tag) {
  for (const name of [tag, ...tag.set].map(String)) {
    if (CLASSES[name]) return CLASSES[name]
  }
  return null
}
