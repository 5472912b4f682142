import { ChangeSet } from "codemirror"
import { BackOff } from "../shared/back-off.js"
import * as collab from "./collab.js"
import { takeUnsent } from "./unsent.js"
import { parse, updatesSince } from "./updates.js"

const TRIES = 8

/// What a reload of this tab left unsent of a document whose state is `current` and whose text there is `text`. Gives
/// null for nothing; `{ state, changes }`, the state with it and the changes to make in the editor; or `{ lost }`, the
/// text that was typed, where that can't be put into the document any more.
export async function restored(document, current, text) {
  const packed = await takeUnsent(document)
  if (!packed) return null
  let found = null
  try {
    found = await rebased(document, packed, current, text)
  } catch (failure) {
    console.error(failure)
  }
  return found ?? { lost: typedIn(packed) }
}

/// What a reload of this tab left unsent of a document that the reader may not edit any more, as text. Empty for
/// nothing.
export async function leftUnsent(document) {
  const packed = await takeUnsent(document)
  return packed ? typedIn(packed) : ""
}

async function rebased(document, packed, current, text) {
  if (packed.version > current.version) return null
  const kept = collab.unpack(packed, ChangeSet.fromJSON)
  const { updates } = await patiently(() => updatesSince(document, packed.version))
  if (!updates) return null
  const known = updates.filter(update => update.version <= current.version).map(parse)
  const { state, gap } = collab.receive(kept, known)
  if (gap || state.version !== current.version) return null
  const changes = collab.unconfirmed(state)
  return changes && changes.length !== text.length ? null : { state, changes }
}

// What was typed is worth a minute: the site may be starting just now.
async function patiently(act) {
  const backOff = new BackOff()
  for (let left = TRIES; ; left--) {
    try {
      return await act()
    } catch (failure) {
      if (!failure.isPassing || left === 0) throw failure
    }
    await new Promise(resolve => setTimeout(resolve, backOff.next()))
  }
}

function typedIn({ sent, buffer }) {
  const inserted = [...sent ?? [], ...buffer ?? []].filter(Array.isArray).map(part => part.slice(1).join("\n"))
  return inserted.filter(Boolean).join("\n")
}
