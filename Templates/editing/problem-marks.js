import {
  Decoration, EditorView, GutterMarker, Prec, StateEffect, StateField, WidgetType, gutter, hoverTooltip, keymap,
  showTooltip
} from "codemirror"
import { drawing, element } from "../shared/element.js"
import { spanOf } from "./problem-spans.js"
import { worst } from "./problems.js"

/// What a severity is called, and its shape: colours alone don't say it.
export const SEVERITIES = {
  error: { word: "Error", shape: "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 0 0 0-11zM6 6l4 4M10 6l-4 4" },
  warning: { word: "Warning", shape: "M8 2.5l6 11H2zM8 7v3M8 11.8v.2" },
  note: { word: "Note", shape: "M3.5 3.5h9v9h-9zM8 7.5v3M8 5.5v.2" }
}

/// The drawing of a severity.
export function mark(severity) {
  return drawing(SEVERITIES[severity].shape, `problem-mark is-${severity}`)
}

const replace = StateEffect.define()
const point = StateEffect.define()

// The marks carry their problems, and move with the text.
const marks = StateField.define({
  create: () => Decoration.none,
  update(value, transaction) {
    const shown = transaction.effects.findLast(effect => effect.is(replace))
    return shown ? draw(transaction.newDoc, shown.value) : value.map(transaction.changes)
  },
  provide: field => EditorView.decorations.from(field)
})

// What was asked for by a key or a press stays until the reader goes on.
const pointed = StateField.define({
  create: () => null,
  update(value, transaction) {
    const asked = transaction.effects.findLast(effect => effect.is(point))
    if (asked) return asked.value
    return transaction.docChanged || transaction.selection || transaction.effects.some(effect => effect.is(replace))
      ? null : value
  },
  provide: field => showTooltip.from(field)
})

class LineMark extends GutterMarker {
  constructor(problems) {
    super()
    this.problems = problems
    this.severity = worst(problems)
  }

  eq(other) {
    return this.problems.length === other.problems.length &&
      this.problems.every((problem, index) => problem === other.problems[index])
  }

  toDOM() {
    return element("span", { title: this.problems.map(sentence).join("\n") }, mark(this.severity))
  }
}

// An empty line has nothing to underline.
class EmptyLine extends WidgetType {
  constructor(severity) {
    super()
    this.severity = severity
  }

  eq(other) {
    return this.severity === other.severity
  }

  toDOM() {
    return element("span", { class: `problem-at-nothing problem-${this.severity}` })
  }
}

const lineMarks = gutter({
  class: "cm-problems",
  lineMarker(view, line) {
    const problems = problemsIn(view.state, line.from, line.to).filter(({ from }) => from >= line.from)
    return problems.length ? new LineMark(problems.map(({ problem }) => problem)) : null
  },
  lineMarkerChange: update => update.startState.field(marks) !== update.state.field(marks),
  domEventHandlers: {
    click(view, line) {
      const [first] = problemsIn(view.state, line.from, line.to)
      if (!first) return false
      view.dispatch({ selection: { anchor: first.from } })
      pointAt(view, first.from)
      view.focus()
      return true
    }
  }
})

const hover = hoverTooltip((view, position, side) => {
  const found = problemsIn(view.state, position, position).filter(({ from, to }) => (
    !(from === position && side < 0 && from < to) && !(to === position && side > 0 && from < to)
  ))
  return found.length ? tooltip(found) : null
}, { hideOnChange: true })

const look = EditorView.baseTheme({
  // Over the room that the numbers of lines leave, so that nothing moves when it comes.
  ".cm-problems": { width: "14px", marginRight: "-14px", zIndex: "1" },
  ".cm-problems .cm-gutterElement": { display: "grid", placeItems: "center", cursor: "pointer" },
  "&.cm-editor .cm-problems .cm-activeLineGutter": { backgroundColor: "transparent" },
  ".cm-tooltip.problem-tip": { maxWidth: "min(560px, 90vw)", padding: "4px 0" }
})

const leave = keymap.of([{
  key: "Escape",
  run(view) {
    if (!view.state.field(pointed)) return false
    view.dispatch({ effects: point.of(null) })
    return true
  }
}])

/// What shows a file's problems in an editor: marks beside the lines, underlines, and words where the pointer rests.
export function problemMarks(problems) {
  return [marks.init(state => draw(state.doc, problems)), pointed, Prec.high(lineMarks), hover, Prec.high(leave), look]
}

/// The effect that shows other problems, in an editor that has `problemMarks`.
export function showProblems(problems) {
  return replace.of(problems)
}

/// Shows the words of the problems at a position and says them to those who don't see them.
export function pointAt(view, position) {
  const found = problemsIn(view.state, position, position)
  if (!found.length) return
  const words = found.map(({ problem }) => sentence(problem)).join(" ")
  view.dispatch({ effects: [point.of(tooltip(found)), EditorView.announce.of(words)] })
}

/// "Error in line 3: unexpected indent".
export function sentence({ severity, line, message }) {
  return `${SEVERITIES[severity].word} in line ${line}: ${message}`
}

function draw(doc, problems) {
  return Decoration.set(problems.map(problem => {
    const { from, to } = spanOf(doc, problem)
    if (from === to) return Decoration.widget({ widget: new EmptyLine(problem.severity), side: 1, problem }).range(from)
    return Decoration.mark({ class: `problem-${problem.severity}`, problem }).range(from, to)
  }), true)
}

function problemsIn(state, from, to) {
  const found = []
  state.field(marks, false)?.between(from, to, (start, end, { spec }) => {
    // The text has moved since.
    const line = state.doc.lineAt(start).number
    found.push({ from: start, to: end, problem: line === spec.problem.line ? spec.problem : { ...spec.problem, line } })
  })
  return found
}

function tooltip(found) {
  const list = element("ul", { class: "problem-list" }, ...found.map(({ problem: { severity, message, code } }) => (
    element("li", {}, mark(severity), element("span", { class: "visually-hidden" }, `${SEVERITIES[severity].word}: `),
      element("span", { class: "problem-message" }, message), code ? element("code", {}, code) : "")
  )))
  return {
    pos: Math.min(...found.map(({ from }) => from)),
    end: Math.max(...found.map(({ to }) => to)),
    above: true,
    create: () => ({ dom: element("div", { class: "problem-tip", role: "tooltip" }, list) })
  }
}
