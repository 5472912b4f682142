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
  "operator": "operator",
  "punctuation": "operator",
  "variableName": "variable",
  "propertyName": "variable",
  "heading": "heading",
  "strong": "strong",
  "emphasis": "emphasis",
  "link": "link",
  "url": "link",
  "strikethrough": "strike",
  "invalid": "invalid"
}

/// A highlighter for CodeMirror's `syntaxHighlighting`: gives class names, the colours are in editor.css.
export const highlighter = {
  style(tags) {
    const classes = new Set(tags.map(classOf).filter(Boolean))
    return classes.size ? [...classes].map(name => `tok-${name}`).join(" ") : null
  }
}

function classOf(tag) {
  for (const name of [tag, ...tag.set].map(String)) {
    if (CLASSES[name]) return CLASSES[name]
  }
  return null
}
