import { keymap } from "codemirror"
import { isApple, isPressed } from "../shared/keys.js"
import { preferences } from "../shared/preferences.js"

/// What the editor does by itself, by CodeMirror's own keymaps: `[name, title, key, changes, appleKey]`. `changes` is
/// true for what only those can do who may edit, `appleKey` is the key of Apple's keyboards where that is another one.
export const EDITING = [
  ["undo", "Undo", "Mod-z", true], ["redo", "Redo", "Mod-y", true, "Mod-Shift-z"],
  ["find-in-file", "Find and replace in the file", "Mod-f"],
  ["next-match", "Find the next match", "F3"],
  ["next-equal", "Select the next equal words, too", "Mod-d"],
  ["all-equal", "Select all equal words", "Mod-Shift-l"],
  ["select-all", "Select all", "Mod-a"], ["select-more", "Select more", "Mod-i"],
  ["comment", "Comment, or no longer", "Mod-/", true],
  ["indent-more", "Indent", "Mod-]", true], ["indent-less", "Indent less", "Mod-[", true],
  ["line-up", "Move the line up", "Alt-ArrowUp", true], ["line-down", "Move the line down", "Alt-ArrowDown", true],
  ["copy-line-up", "Copy the line up", "Shift-Alt-ArrowUp", true],
  ["copy-line-down", "Copy the line down", "Shift-Alt-ArrowDown", true],
  ["delete-line", "Delete the line", "Mod-Shift-k", true],
  ["bracket", "Go to the matching bracket", "Mod-Shift-\\"],
  ["fold", "Fold", "Ctrl-Shift-[", false, "Mod-Alt-["], ["unfold", "Unfold", "Ctrl-Shift-]", false, "Mod-Alt-]"],
  ["fold-all", "Fold all", "Ctrl-Alt-["], ["unfold-all", "Unfold all", "Ctrl-Alt-]"],
  ["complete", "Complete", "Ctrl-Space", true]
]

/// The keys of those who move as in Emacs, as people read of them.
export const EMACS = [
  ["Left, right", "Ctrl-b", "Ctrl-f"], ["Up, down", "Ctrl-p", "Ctrl-n"],
  ["To the line’s beginning, to its end", "Ctrl-a", "Ctrl-e"], ["Down a page", "Ctrl-v"],
  ["Delete the character after, the one before", "Ctrl-d", "Ctrl-h"], ["Delete to the line’s end", "Ctrl-k"],
  ["Delete the word before", "Ctrl-Alt-h"], ["Break the line", "Ctrl-o"], ["Exchange two characters", "Ctrl-t"]
]

const MOVES = EMACS.flatMap(([, ...keys]) => keys)

/// Whether a key press is one of those, for a reader who moves so.
export function isMove(event) {
  return preferences().keys === "emacs" && MOVES.some(key => isPressed(key, event))
}

/// The same as commands, so that they are found by their names; their keys are left to the editor. `press(key)` does in
/// the text where the reader works what the key does there.
export function editingCommands({ press, isPossible, mayEdit }) {
  return EDITING.filter(([, , , changes]) => mayEdit || !changes).map(([name, title, key, , appleKey = key]) => ({
    name, title, group: "Editing", editorKey: () => free(isApple ? appleKey : key), isPossible, act: () => press(key)
  }))
}

// Null when it moves as in Emacs now.
function free(key) {
  const written = isApple ? key : key.replace("Mod-", "Ctrl-")
  return preferences().keys === "emacs" && MOVES.includes(written) ? null : key
}

/// Does what a key of CodeMirror's keymaps does, whatever other keys the reader prefers.
export function pressIn(view, key) {
  view.focus()
  bindingsOf(view.state, key).some(binding => binding.run(view))
}

/// The bindings of a key in an editor, the one that goes first at the beginning.
export function bindingsOf(state, key) {
  return state.facet(keymap).flat().filter(binding => binding.run && binding.key && isSame(binding.key, key))
}

function isSame(one, other) {
  return partsOf(one) === partsOf(other)
}

function partsOf(key) {
  return key.split(/-(?=.)/).sort().join()
}
