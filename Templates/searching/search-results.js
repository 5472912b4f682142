import { element } from "../shared/element.js"

const LONGEST_BEFORE = 24

/// The matches of one file. In a preview each has a box that says whether it is replaced.
export function drawFile({ path, matches }, { isPreview, open }) {
  const list = element("ul", { class: "found-lines" }, ...matches.map(match => {
    const line = element("button", { class: "found-line", type: "button", title: `${path}, line ${match.line}` },
      element("span", { class: "found-number" }, String(match.line)),
      element("code", {}, endOf(match.before), ...(isPreview ? change(match) : [mark(match)]), match.after)
    )
    line.addEventListener("click", () => (
      open({ path, line: match.line, column: match.column, length: match.length })
    ))
    return isPreview ? element("li", {}, box(path, match), line) : element("li", {}, line)
  }))
  const head = element("h3", {}, path, " ", element("span", { class: "badge" }, String(matches.length)))
  return element("section", { class: "found" }, head, list)
}

/// Files that have what is looked for in their names.
export function drawNames(names, open) {
  const list = element("ul", { class: "found-lines" }, ...names.map(path => {
    const line = element("button", { class: "found-line", type: "button" }, path)
    line.addEventListener("click", () => open({ path }))
    return element("li", {}, line)
  }))
  return element("section", { class: "found" }, element("h3", {}, "In the names of files"), list)
}

function mark({ match }) {
  return element("mark", {}, match)
}

function change({ match, replacement }) {
  return [element("del", {}, match), element("ins", {}, replacement)]
}

function box(path, { name, line }) {
  const label = `Replace in line ${line} of ${path}`
  return element("input", { "type": "checkbox", "name": "match", "value": name, "checked": true, "aria-label": label })
}

// In a narrow panel a long beginning would leave no room for what was found.
function endOf(text) {
  return text.length > LONGEST_BEFORE ? `…${text.slice(-LONGEST_BEFORE)}` : text
}
