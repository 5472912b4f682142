// The reader's half of editing one document with others, as values: no network, no editor, no clock.
//
// Theory of operation. The server is the authority: it keeps one row of updates, numbered by version, and takes a
// change set only at its newest version. A client knows a prefix of that row (`version`), the change sets it has sent
// and not yet seen come back (`sent`, in order, at most one except while the page is being left), and what was typed
// since (`buffer`, composed into one). The text on the screen is always
//
//     the authority's text at `version`  +  sent[0]  +  sent[1] …  +  buffer
//
// 1. An update of ours that comes back is `sent[0]`: it leaves `sent` and nothing changes on the screen.
// 2. An update of others is moved over everything unconfirmed (`map(…, true)`: the authority's order wins, so at one
//    place their insertion stays before ours), and what is unconfirmed is moved over it.
// 3. A batch keeps its (client, sequence) for ever, so it can be sent again after any failure: the authority takes a
//    pair once.
//
// Change sets are CodeMirror's (`compose`, `map`, `empty`, `toJSON`); nothing here imports it. States are never
// changed, each function returns the next.

/// A state at `version` with nothing unconfirmed. `client` names this editor in the authority's row.
export function begin(version, client) {
  return { version, client, sequence: 0, sent: [], buffer: null }
}

/// Adds a change made here, on top of all that is on the screen.
export function edit(state, changes) {
  const buffer = state.buffer ? state.buffer.compose(changes) : changes
  return { ...state, buffer: buffer.empty ? null : buffer }
}

/// Moves the buffer to the end of `sent`, under the next sequence number.
export function seal(state) {
  if (!state.buffer) return state
  const sequence = state.sequence + 1
  return { ...state, sequence, sent: [...state.sent, { sequence, changes: state.buffer }], buffer: null }
}

/// Gives `[state, batch]`: the batch to post now, or null when there is nothing. What was sent before and isn't
/// confirmed goes again first, under its old sequence number.
export function takeSendable(state) {
  const next = state.sent.length ? state : seal(state)
  return [next, next.sent.length ? batches(next)[0] : null]
}

/// All batches in order, each as if those before it were applied at once: for a page that is being left.
export function batches(state) {
  return state.sent.map(({ sequence, changes }, index) => (
    { version: state.version + index, client: state.client, sequence, changes: wellFormed(changes.toJSON()) }
  ))
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
    if (isOwn(update, state.client, sent)) {
      sent = sent.slice(1)
      continue
    }
    let remote = update.changes
    sent = sent.map(batch => {
      const mine = batch.changes.map(remote)
      remote = remote.map(batch.changes, true)
      return { ...batch, changes: mine }
    })
    if (buffer) {
      const mine = buffer.map(remote)
      remote = remote.map(buffer, true)
      buffer = mine
    }
    changes = changes ? changes.compose(remote) : remote
  }
  return { state: { ...state, version, sent, buffer }, changes, gap }
}

/// True when something here isn't in the authority's row yet.
export function hasUnconfirmed(state) {
  return state.sent.length > 0 || state.buffer !== null
}

/// Everything unconfirmed as one change set on the authority's text at `version`, or null.
export function unconfirmed(state) {
  const parts = state.sent.map(batch => batch.changes)
  if (state.buffer) parts.push(state.buffer)
  return parts.length ? parts.reduce((all, part) => all.compose(part)) : null
}

/// The state as plain JSON, to be kept over a reload.
export function pack(state) {
  return {
    version: state.version,
    client: state.client,
    sequence: state.sequence,
    sent: state.sent.map(({ sequence, changes }) => ({ sequence, changes: changes.toJSON() })),
    buffer: state.buffer && state.buffer.toJSON()
  }
}

/// The reverse of `pack`. `parse` makes a change set of its JSON and throws when it isn't one.
export function unpack(packed, parse) {
  return {
    version: packed.version,
    client: packed.client,
    sequence: packed.sequence,
    sent: packed.sent.map(({ sequence, changes }) => ({ sequence, changes: parse(changes) })),
    buffer: packed.buffer ? parse(packed.buffer) : null
  }
}

/// The smallest single replacement that makes `after` of `before`, as `{ from, to, insert }`, or null if equal.
/// Used where the authority no longer has the updates between two versions.
export function replacement(before, after) {
  if (before === after) return null
  let from = 0
  const shorter = Math.min(before.length, after.length)
  while (from < shorter && before[from] === after[from]) from++
  let end = 0
  while (end < shorter - from && before[before.length - 1 - end] === after[after.length - 1 - end]) end++
  return { from, to: before.length - end, insert: after.slice(from, after.length - end) }
}

// Half a character can't be sent as text. The editor never inserts one (see well-formed.js), but composing and mapping
// may split a pair; it goes as the replacement character, of the same length.
function wellFormed(parts) {
  return parts.map(part => (
    Array.isArray(part) ? part.map(line => typeof line === "string" ? line.replace(/\p{Surrogate}/gu, "\ufffd") : line) : part
  ))
}

function isOwn(update, client, sent) {
  return sent.length > 0 && update.client === client && update.sequence === sent[0].sequence
}
