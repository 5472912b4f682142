/// Makes an element: `element("p", { class: "hint", hidden: true }, "Words", child)`. A property that is a function
/// listens to the event of that name; true and false set and leave out an attribute.
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value)
    else if (value === true) made.setAttribute(key, "")
    else if (value !== false && value != null) made.setAttribute(key, value)
  }
  made.append(...children)
  return made
}

/// A small drawing of one path on a 16 by 16 field, hidden from readers that don't see it.
export function drawing(path, className = "") {
  const space = "http://www.w3.org/2000/svg"
  const svg = document.createElementNS(space, "svg")
  svg.setAttribute("viewBox", "0 0 16 16")
  svg.setAttribute("aria-hidden", "true")
  if (className) svg.setAttribute("class", className)
  const shape = document.createElementNS(space, "path")
  shape.setAttribute("d", path)
  svg.append(shape)
  return svg
}
