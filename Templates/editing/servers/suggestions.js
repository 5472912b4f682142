import { syntaxTree } from "codemirror"
import { element } from "../../shared/element.js"

const WORD = /[\p{L}\p{N}_$]*$/u
const WHOLE_WORD = /^[\p{L}\p{N}_$]*$/u
const USUAL_TRIGGERS = ["."]
const PROSE = /comment|string/i

/// What gives CodeMirror the server's suggestions for a file. Asked twice at one place of one state, as those do who
/// want to know what others suggest, it asks the server once.
export function suggestionsOf(questions, file) {
  let last = { state: null }
  const source = context => {
    const { state, pos, explicit } = context
    if (last.state !== state || last.pos !== pos || (explicit && !last.explicit)) {
      last = { state, pos, explicit, result: suggest(questions, file, context) }
    }
    return last.result
  }
  return Object.assign(source, { isServers: true })
}

async function suggest(questions, file, context) {
  const { state, pos, explicit } = context
  const line = state.doc.lineAt(pos)
  const before = line.text.slice(0, pos - line.from)
  const word = WORD.exec(before)[0]
  const triggers = questions.abilities?.completionTriggers ?? USUAL_TRIGGERS
  const isTriggered = triggers.some(trigger => before.endsWith(trigger))
  if (!explicit && !word && !isTriggered) return null
  if (!explicit && PROSE.test(syntaxTree(state).resolveInner(pos, -1).name)) return null
  const reply = await questions.ask("completion", file, { at: pos, start: explicit })
  if (!reply?.completion) return null
  const { list, isIncomplete } = reply.completion
  const from = list.find(({ place }) => place)?.place.from ?? pos - word.length
  const known = optionsOfLanguage(context)
  const options = list.filter(({ place }) => !place || place.from === from).map((suggestion, index) => (
    option(questions, file, { suggestion, known: known.get(suggestion.label), doc: state.doc, index })
  ))
  return { from, options, validFor: isIncomplete ? undefined : WHOLE_WORD }
}

function option(questions, file, { suggestion, known, doc, index }) {
  const { label, shown, kind, insert, detail, info, besides, number } = suggestion
  const more = informant(questions, file, info, number)
  // Of two that are alike CodeMirror shows the one that says more.
  if (known) return { ...known, displayLabel: shown ?? label, info: more ?? known.info }
  // The server's order, as far as CodeMirror finds two equally good; behind it what is only a word of the text.
  const option = {
    label, displayLabel: shown ?? label, type: kind, detail: detail ?? undefined, boost: 20 - index / 50, info: more
  }
  if (insert !== label || besides.length) {
    option.apply = (view, completion, from, to) => {
      const fits = ({ place }) => place.to <= from && view.state.doc.slice(0, place.to).eq(doc.slice(0, place.to))
      const others = besides.filter(fits).map(({ place, insert: text }) => ({ ...place, insert: text }))
      const changes = view.state.changes([...others, { from, to, insert }])
      const anchor = changes.mapPos(to, 1)
      view.dispatch({ changes, selection: { anchor }, userEvent: "input.complete" })
    }
  }
  return option
}

// What gives the words about a suggestion: those that came with it, or those that the server has when it is asked.
function informant(questions, file, info, number) {
  if (info) return () => words(info)
  // Whether it has more is known a little later than its first suggestions.
  if (questions.abilities?.resolvesCompletions === false) return undefined
  return async () => {
    const reply = await questions.ask("suggestion", file, { number })
    return reply?.info ? words(reply.info) : null
  }
}

function words(text) {
  return element("div", { class: "server-words" }, text)
}

// What the language suggests by itself is in the list already: by label.
function optionsOfLanguage(context) {
  const known = new Map()
  for (const source of context.state.languageDataAt("autocomplete", context.pos)) {
    if (source.isOurs || source.isServers) continue
    const options = Array.isArray(source) ? source : source(context)?.options
    for (const each of options ?? []) known.set(each.label ?? each, typeof each === "string" ? { label: each } : each)
  }
  return known
}
