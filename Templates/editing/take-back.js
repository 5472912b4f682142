import { post } from "../shared/http.js"
import { toast } from "../shared/toast.js"

/// Says what was done to many files in one go, and offers to take it back: in the notice, and by Undo in each of their
/// texts that is open, until something else is done there. `reversal` is the address that does it, or null when nothing
/// was done, and `undone()` is called when it has.
export function sayWithUndo(words, { editor, reversal, undone, ...look }) {
  if (!reversal) return toast(words, look)
  let going = null
  let dismiss = null
  const undo = () => {
    going ??= post(reversal).then(() => {
      forget()
      dismiss()
      undone()
    }, failure => {
      going = null
      if (!failure.isPassing) forget()
      toast(failure.message, { kind: "bad" })
    })
  }
  const forget = editor.takesBack(clientOf(reversal, "replace"), undo)
  dismiss = toast(words, { ...look, action: { label: "Undo", act: undo } })
}

/// What an edit's client is called: the name in the address that takes it back, after its kind.
export function clientOf(reversal, kind) {
  return `${kind}-${reversal.split("/").at(-2)}`
}
