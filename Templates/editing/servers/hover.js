import { hoverTooltip } from "codemirror"
import { element } from "../../shared/element.js"

const PART = /[\p{L}\p{N}_$]/u

/// Words about what the pointer rests on.
export function hoverOf(questions, file) {
  return hoverTooltip(async (view, pos, side) => {
    const word = wordAt(view.state, pos)
    if (!word || (pos === word.from && side < 0) || (pos === word.to && side > 0)) return null
    const reply = await questions.ask("hover", file, { at: pos })
    return reply?.hover ? { pos: word.from, end: word.to, above: true, create: () => tip(reply.hover) } : null
  }, { hideOnChange: true, hoverTime: 400 })
}

/// The tooltip with these words.
export function tip(text) {
  return { dom: element("div", { class: "server-tip server-words", role: "tooltip" }, text) }
}

/// The word at a position, or null.
export function wordAt(state, pos) {
  const line = state.doc.lineAt(pos)
  let [from, to] = [pos - line.from, pos - line.from]
  while (from > 0 && PART.test(line.text[from - 1])) from--
  while (to < line.length && PART.test(line.text[to])) to++
  return from < to ? { from: line.from + from, to: line.from + to, text: line.text.slice(from, to) } : null
}
