import { clientOf } from "../editing/take-back.js"
import { post } from "../shared/http.js"
import { toast } from "../shared/toast.js"

// The first may have to wait until a workspace has started.
const LONGEST_WAIT = 60_000

/// Has the file where the reader works formatted, and says what became of it; with `isQuiet` only what went wrong. What
/// is typed meanwhile stays, and one Undo takes the whole back.
export async function formatFile({ editor, user, isQuiet = false }) {
  const file = editor.current
  if (!file || file.isBeingFormatted) return
  const isMine = update => update.author === user && update.client.startsWith("format-")
  file.isBeingFormatted = true
  try {
    if (!await file.session.flush()) throw new Error("What you typed can’t be saved at the moment.")
    file.session.isOwn = isMine
    const report = await post(`/documents/${file.session.id}/formats`, {}, { timeout: LONGEST_WAIT })
    // The edit itself may come later than the answer.
    const client = clientOf(report.reversal ?? "", "format")
    file.session.isOwn = update => update.client === client
    tell(report, { editor, file, isQuiet })
  } catch (failure) {
    file.session.isOwn = null
    toast(`Not formatted. ${failure.message}`, { kind: "bad" })
  } finally {
    file.isBeingFormatted = false
  }
}

function tell({ refusal, places, left }, { editor, file, isQuiet }) {
  if (refusal) return toast(`Not formatted. ${refusal.message}`, { kind: "bad", action: wayTo(refusal, editor, file) })
  if (left > 0) return toast("Formatted, but for what was edited meanwhile.")
  if (!isQuiet) toast(places > 0 ? "Formatted." : "It was formatted already.")
}

function wayTo({ line, column }, editor, file) {
  if (!line) return null
  return {
    label: "Go there",
    act: () => {
      if (editor.current === file) editor.reveal({ line, column: (column ?? 1) - 1 })
    }
  }
}
