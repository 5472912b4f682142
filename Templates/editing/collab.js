// The reader's half of editing one document with others, as values: no network, no editor, no clock.
//
// Theory of operation. The server is the authority: it keeps one row of updates, numbered by version, and takes a
// change set only at its newest version. A client knows a prefix of that row (`version`), the one change set it has
// sent and not yet seen come back (`sent`), and what was typed since (`buffer`, composed into one). The text on the
// screen is always
//
//     the authority's text at `version`  +  sent  +  buffer
//
// 1. An update of ours that comes back is `sent`: it is confirmed and nothing changes on the screen.
// 2. An update of others is moved over everything unconfirmed (`map(…, true)`: the authority's order wins, so at one
//    place their insertion stays before ours), and what is unconfirmed is moved over it.
// 3. A batch keeps its (client, sequence) for ever, so it can be sent again after any failure: the authority takes a
//    pair once.
// 4. The next batch is made only when the one before it is confirmed: sent earlier, it could be taken at a version that
//    somebody else made, on a text it doesn't fit.
//
// Change sets are CodeMirror's (`compose`, `map`, `empty`, `toJSON`); nothing here imports it. States are never
// changed, each function returns the next.

import { isFirstHalf, isSecondHalf } from "./surrogates.js"

/// A state at `version` with nothing unconfirmed. `client` names this editor in the authority's row.
export function begin(version, client) {
  return { version, client, sequence: 0, sent: null, buffer: null }
}

/// Adds a change made here, on top of all that is on the screen.
export function edit(state, changes) {
  const buffer = state.buffer ? state.buffer.compose(changes) : changes
  return { ...state, buffer: buffer.empty ? null : buffer }
}

/// Gives `[state, batch]`: the batch to post now, or null when there is nothing. What was sent before and isn't
/// confirmed goes again, under its old sequence number.
export function takeSendable(state) {
  let next = state
  if (!next.sent && next.buffer) next = { ...next, sequence: next.sequence + 1, sent: next.buffer, buffer: null }
  if (!next.sent) return [next, null]
  const { version, client, sequence, sent } = next
  return [next, { version, client, sequence, changes: wellFormed(sent.toJSON()) }]
}

/// Takes updates of the authority, oldest first, those known already included. Gives `{ state, changes, gap }`:
/// `changes` to apply to the screen (null for none), `gap` true when updates are missing before the next one.
export function receive(state, updates) {
  let { version, sent, buffer } = state
  let changes = null
  let gap = false
  for (const update of updates) {
    if (update.version <= version) continue
    if (update.version !== version + 1) {
      gap = true
      break
    }
    version = update.version
    if (sent && update.client === state.client && update.sequence === state.sequence) {
      sent = null
      continue
    }
    let remote = update.changes
    if (sent) [sent, remote] = cross(sent, remote)
    if (buffer) [buffer, remote] = cross(buffer, remote)
    changes = changes ? changes.compose(remote) : remote
  }
  return { state: { ...state, version, sent, buffer }, changes, gap }
}

/// True when something here isn't in the authority's row yet.
export function hasUnconfirmed(state) {
  return state.sent !== null || state.buffer !== null
}

/// Everything unconfirmed as one change set on the authority's text at `version`, or null.
export function unconfirmed({ sent, buffer }) {
  return sent && buffer ? sent.compose(buffer) : sent ?? buffer
}

/// The state as plain JSON, to be kept over a reload.
export function pack(state) {
  return { ...state, sent: state.sent && state.sent.toJSON(), buffer: state.buffer && state.buffer.toJSON() }
}

/// The reverse of `pack`. `parse` makes a change set of its JSON and throws when it isn't one.
export function unpack({ version, client, sequence, sent, buffer }, parse) {
  return { version, client, sequence, sent: sent && parse(sent), buffer: buffer && parse(buffer) }
}

/// The smallest single replacement that makes `after` of `before`, as `{ from, to, insert }`, or null if equal.
/// Used where the authority no longer has the updates between two versions.
export function replacement(before, after) {
  if (before === after) return null
  let from = 0
  const shorter = Math.min(before.length, after.length)
  while (from < shorter && before[from] === after[from]) from++
  if (isFirstHalf(before.charCodeAt(from - 1))) from--
  let end = 0
  while (end < shorter - from && before[before.length - 1 - end] === after[after.length - 1 - end]) end++
  if (end > 0 && isSecondHalf(before.charCodeAt(before.length - end))) end--
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) }
}

// Two change sets made on one text, each moved over the other: `[mine after theirs, theirs after mine]`.
function cross(mine, theirs) {
  return [mine.map(theirs), theirs.map(mine, true)]
}

// Half a character can't be sent as text. The editor never inserts one (see well-formed.js), but composing and mapping
// may split a pair; it goes as the replacement character, of the same length.
function wellFormed(parts) {
  const whole = piece => typeof piece === "string" ? piece.replace(/\p{Surrogate}/gu, "\ufffd") : piece
  return parts.map(part => Array.isArray(part) ? part.map(whole) : part)
}
