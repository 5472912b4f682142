import { element } from "../shared/element.js"

/// The matches of one file, each with at most `most` characters before it. In a preview each has a box that says
/// whether it is replaced. No line is reached by Tab: whoever shows them lets one be.
export function drawFile({ path, matches }, { isPreview, most, open }) {
  const list = element("ul", { class: "found-lines" }, ...matches.map(match => {
    const title = `${path}, line ${match.line}`
    const line = element("button", { class: "found-line", type: "button", tabindex: "-1", title },
      element("span", { class: "found-number" }, String(match.line)),
      element("code", {}, endOf(match.before, most), ...(isPreview ? change(match) : [mark(match)]), match.after)
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
    const line = element("button", { class: "found-line", type: "button", tabindex: "-1" }, path)
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

function endOf(text, most) {
  return text.length > most ? `…${text.slice(-most)}` : text
}
