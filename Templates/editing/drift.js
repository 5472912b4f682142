import { moved } from "./problem-spans.js"

/// What happens to texts while somebody looks for problems in them: what was found is in the texts as they were.
export class Drift {
  #editor
  #files = new Map()

  /// `editor` fires "edit" as `OpenFiles` does.
  constructor(editor) {
    this.#editor = editor
  }

  /// From now on.
  start() {
    this.#editor.addEventListener("edit", this.#edited)
  }

  stop() {
    this.#editor.removeEventListener("edit", this.#edited)
  }

  /// The problems in the texts as they are now, without those whose text is gone.
  applied(problems) {
    return problems.flatMap(problem => {
      const file = this.#files.get(problem.path)
      return file ? moved(problem, file.before, file.changes, file.after) ?? [] : problem
    })
  }

  #edited = ({ detail: { file, before, changes } }) => {
    const known = this.#files.get(file.path)
    this.#files.set(file.path, known
      ? { ...known, changes: known.changes.composeDesc(changes.desc), after: file.text }
      : { before, changes: changes.desc, after: file.text })
  }
}
