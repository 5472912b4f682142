import {
  Decoration, EditorSelection, EditorView, Prec, StateEffect, StateField, indentUnit, keymap
} from "codemirror"

const FIELD = /\$\$|\$\{(\d+)(?::([^}]*))?\}/g
const mark = Decoration.mark({ class: "cm-snippetField" })
const setFields = StateEffect.define()

// The fields of the snippet that is being filled in, in their order, each a list of stretches that are written
// together. Null for none.
const filling = StateField.define({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setFields)) return effect.value
    if (!value) return null
    const fields = transaction.docChanged ? value.fields.map(field => moved(field, transaction.changes)) : value.fields
    const current = fields[value.current]
    const isInside = ({ from, to }) => current.some(stretch => from >= stretch.from && to <= stretch.to)
    if (transaction.selection && !transaction.newSelection.ranges.every(isInside)) return null
    return { fields, current: value.current }
  },
  provide: field => EditorView.decorations.from(field, value => value ? marks(value) : Decoration.none)
})

const keys = Prec.highest(keymap.of([
  { key: "Tab", run: view => go(view, 1), shift: view => go(view, -1) },
  { key: "Escape", run: view => leave(view) }
]))

/// A template with `${1:word}` where something is to be written, `${0}` where the cursor is at the end, `$$` for a
/// dollar: `{ text, fields }`, with fields in the order in which they are written, each a list of stretches.
export function expand(template, indent = "", unit = "  ") {
  const source = template.replaceAll("\t", unit).replaceAll("\n", `\n${indent}`)
  const byNumber = new Map()
  let text = ""
  let end = 0
  for (const { 0: all, 1: number, 2: word = "", index } of source.matchAll(FIELD)) {
    text += source.slice(end, index)
    end = index + all.length
    if (number === undefined) {
      text += "$"
      continue
    }
    if (!byNumber.has(number)) byNumber.set(number, [])
    byNumber.get(number).push({ from: text.length, to: text.length + word.length })
    text += word
  }
  text += source.slice(end)
  if (!byNumber.has("0")) byNumber.set("0", [{ from: text.length, to: text.length }])
  const order = number => number === "0" ? Infinity : Number(number)
  const numbers = [...byNumber.keys()].sort((a, b) => order(a) - order(b))
  return { text, fields: numbers.map(number => byNumber.get(number)) }
}

/// Puts a snippet in the place of what was typed and goes to its first field. Tab and Shift-Tab go on from there,
/// Escape ends it.
export function applySnippet(view, template, from, to) {
  const { state } = view
  const [indent] = /^\s*/.exec(state.doc.lineAt(from).text)
  const { text, fields } = expand(template, indent, state.facet(indentUnit))
  const placed = fields.map(field => field.map(stretch => ({ from: stretch.from + from, to: stretch.to + from })))
  const effects = [setFields.of(placed.length > 1 ? { fields: placed, current: 0 } : null)]
  if (state.field(filling, false) === undefined) effects.push(StateEffect.appendConfig.of([filling, keys]))
  view.dispatch({
    changes: { from, to, insert: text }, selection: selectionOf(placed[0]), effects, scrollIntoView: true,
    userEvent: "input.complete"
  })
}

function go(view, by) {
  const value = view.state.field(filling, false)
  if (!value) return false
  const next = value.current + by
  if (next < 0) return true
  const isLast = next === value.fields.length - 1
  const fields = setFields.of(isLast ? null : { fields: value.fields, current: next })
  view.dispatch({ selection: selectionOf(value.fields[next]), effects: fields, scrollIntoView: true })
  return true
}

function leave(view) {
  if (!view.state.field(filling, false)) return false
  view.dispatch({ effects: setFields.of(null) })
  return true
}

function selectionOf(field) {
  return EditorSelection.create(field.map(({ from, to }) => EditorSelection.range(from, to)), 0)
}

// What is written at the edge of a field belongs to it.
function moved(field, changes) {
  return field.map(({ from, to }) => ({ from: changes.mapPos(from, -1), to: changes.mapPos(to, 1) }))
}

function marks({ fields, current }) {
  const stretches = fields.flatMap((field, place) => place === current ? [] : field).filter(({ from, to }) => to > from)
  return Decoration.set(stretches.map(({ from, to }) => mark.range(from, to)), true)
}
