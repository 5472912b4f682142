// JavaScript text counts UTF-16 units, and a character like 😀 is two of them. A browser may tell a change from 😀 to
// 😁 as a change of the second half only; half a character can't be sent, so such a change is widened to the whole.

import { Transaction } from "codemirror"
import { isFirstHalf, isSecondHalf } from "./surrogates.js"

const LONE = /\p{Surrogate}/u
const ALL_LONE = /\p{Surrogate}/gu

/// A CodeMirror transaction filter: what is inserted never has half a character in it. The text it makes is the same.
export function keepWellFormed(transaction) {
  // What the authority has is as it is, and nobody's own doing.
  if (!transaction.docChanged || transaction.annotation(Transaction.remote)) return transaction
  const changes = []
  let lone = false
  transaction.changes.iterChanges((from, to, fromNew, toNew, inserted) => {
    const insert = inserted.toString()
    lone ||= LONE.test(insert)
    changes.push(LONE.test(insert) ? widen(transaction.startState.doc, { from, to, insert }) : { from, to, insert })
  })
  if (!lone) return transaction
  const { newSelection, effects, scrollIntoView } = transaction
  return { changes, selection: newSelection, effects, scrollIntoView }
}

/// The change with the halves beside it taken in, as far as they make whole characters with it.
export function widen(doc, { from, to, insert }) {
  const before = doc.sliceString(from - 1, from)
  if (from > 0 && isFirstHalf(before.charCodeAt(0)) && isSecondHalf(insert.charCodeAt(0))) {
    from -= 1
    insert = before + insert
  }
  const after = doc.sliceString(to, to + 1)
  if (isFirstHalf(insert.charCodeAt(insert.length - 1)) && isSecondHalf(after.charCodeAt(0))) {
    to += 1
    insert += after
  }
  return { from, to, insert: insert.replace(ALL_LONE, "\ufffd") }
}
