import { isPressed } from "./keys.js"

/// All that can be done on a page, each thing once: the palette, the keys and the list of keys read it from here.
///
/// A command is `{ name, title, group, act, key, keys, editorKey, keysIn, isPossible, isForPrograms, isHidden }`:
///   name          what it is called in programs
///   title, group  what people read
///   act           does it
///   key           a key as in keys.js; `keys` has more that do the same
///   editorKey     gives a key that the editor itself takes for it now, or null; it is only shown
///   keysIn        what the focus has to be in for its keys to count, as a selector; without it, anywhere
///   isPossible    whether it makes sense now; without it, always
///   isForPrograms false (the default) leaves its keys to a program while its terminal (data-takes-keys) has the focus
///   isHidden      whether it is left out where commands are chosen: what brings the reader there
export class Commands {
  #commands = new Map()
  #yields

  /// `yields(event)` says whether a key is somebody else's although it is a command's.
  constructor({ yields = () => false } = {}) {
    this.#yields = yields
  }

  /// Adds a command. Gives a function that takes it away again.
  register(command) {
    this.#commands.set(command.name, { keys: [], ...command })
    return () => this.#commands.delete(command.name)
  }

  start() {
    addEventListener("keydown", this.#pressed, { capture: true })
  }

  stop() {
    removeEventListener("keydown", this.#pressed, { capture: true })
  }

  /// Those that are possible now, as they were added.
  get possible() {
    return this.all.filter(isPossible)
  }

  get all() {
    return [...this.#commands.values()]
  }

  /// Does what the command of this name does, if that is possible now.
  run(name) {
    const command = this.#commands.get(name)
    if (command && isPossible(command)) command.act()
  }

  #pressed = event => {
    // A dialog is all there is while it is open; a letter that is being composed is no key.
    if (event.defaultPrevented || event.isComposing || this.#yields(event)) return
    const isIn = selector => event.target instanceof Element && event.target.closest(selector) !== null
    const inProgram = isIn("[data-takes-keys]")
    const command = this.all.find(({ key, keys, keysIn, isForPrograms }) => (
      (!inProgram || isForPrograms) && (!keysIn || isIn(keysIn)) &&
      [key, ...keys].some(each => each && isPressed(each, event))
    ))
    // The dialog is looked for last: each letter that is typed comes here.
    if (!command || document.querySelector("dialog[open]")) return
    // Also when it is not possible now: the browser's own meaning of the key would surprise.
    event.preventDefault()
    event.stopPropagation()
    if (isPossible(command)) command.act()
  }
}

/// The keys of a command, as they are shown now.
export function keysOf({ key, keys, editorKey }) {
  return [key ?? editorKey?.(), ...keys].filter(Boolean)
}

function isPossible(command) {
  return command.isPossible?.() ?? true
}
