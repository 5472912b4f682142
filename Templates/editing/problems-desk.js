import { element } from "../shared/element.js"
import { Checker } from "./checker.js"
import { mark, pointAt, problemMarks, showProblems } from "./problem-marks.js"
import { spanOf } from "./problem-spans.js"
import { ProblemWalk } from "./problem-walk.js"
import { Problems, countOf, countWords } from "./problems.js"
import { ProblemsPanel } from "./problems-panel.js"

/// All that shows problems on the workbench: marks in the editors, the tab with the list, the count in the bar. It is
/// loaded when the page can be used already. Who finds problems puts them into `problems`.
export class ProblemsDesk {
  #editor
  #files
  #showCode
  #tab
  #walk
  #count
  #checker
  #paths = new Map()
  problems = new Problems()
  panel

  /// `tab` is the one of `OutputTabs.add`, `files` are the `ProjectFiles`; `showCode()` shows the editor where only one
  /// panel fits; `count` is a button that says how many there are. `project` is the project’s number; for `endings` and
  /// `hasWorkspace` see `Checker`; `noticed()` is called when the workspace may be another than it was.
  constructor({ editor, files, showCode, tab, count, project, endings, hasWorkspace, noticed }) {
    this.#editor = editor
    this.#files = files
    this.#showCode = showCode
    this.#tab = tab
    this.#count = count
    const button = element("button", {
      class: "button secondary small", type: "button", title: "Check for problems (Alt+C)", click: () => this.check()
    }, "Check")
    button.disabled = endings.length === 0
    this.panel = new ProblemsPanel(this.problems, { open: problem => this.#go(problem), check: button })
    this.#checker = new Checker({
      project, editor, problems: this.problems, panel: this.panel, endings, hasWorkspace
    })
    this.#checker.addEventListener("checked", noticed)
    this.#walk = new ProblemWalk(this.problems, { cursor: () => this.#cursor(), go: problem => this.#go(problem) })
  }

  start() {
    this.#paths = this.#pathsNow()
    this.problems.addEventListener("change", this.#changed)
    this.#editor.addEventListener("edit", this.#edited)
    this.#editor.extend(file => problemMarks(this.problems.of(file.path)))
    this.panel.start(this.#tab.panel)
    this.#sayCount()
    this.#checker.start()
  }

  /// Looks for problems in the file where the reader works.
  check() {
    return this.#checker.check()
  }

  /// Looks for problems in the file where the reader works, who has saved it.
  checkSaved() {
    return this.#checker.checkSaved()
  }

  /// Something has happened that may have made problems others: a program has ended.
  checkSoon() {
    this.#checker.checkSoon()
  }

  focus() {
    this.panel.focus()
  }

  /// Goes to the next problem, or with -1 to the one before. False when there is none.
  step(by) {
    return this.#walk.step(by)
  }

  /// The project has other files, or some of them are called otherwise.
  filesChanged() {
    const known = this.#paths
    this.#paths = this.#pathsNow()
    for (const [id, path] of known) {
      const to = this.#paths.get(id) ?? null
      if (to !== path) this.problems.renamed(path, to)
    }
  }

  #pathsNow() {
    return new Map(this.#files.all.map(file => [file.id, file.path]))
  }

  async #go(problem) {
    const column = (problem.column ?? 1) - 1
    this.#showCode()
    await this.#files.openPlace({ path: problem.path, line: problem.line, column, length: 0 })
    const { current } = this.#editor
    if (current?.path === problem.path) pointAt(viewOf(current), spanOf(current.text, problem).from)
  }

  #cursor() {
    const { current } = this.#editor
    const view = current && viewOf(current)
    if (!view) return null
    const { head } = view.state.selection.main
    const line = view.state.doc.lineAt(head)
    return { path: current.path, line: line.number, column: head - line.from + 1 }
  }

  #changed = ({ detail: { paths, isMove } }) => {
    this.#sayCount()
    // What moves with the text has been moved by the editor.
    if (isMove) return
    for (const file of this.#editor.files) {
      if (paths.has(file.path)) file.dispatch({ effects: showProblems(this.problems.of(file.path)) })
    }
  }

  #edited = ({ detail: { file, before, changes } }) => {
    this.problems.edited(file.path, before, changes.desc, file.text)
  }

  #sayCount() {
    const { all } = this.problems
    const { error, warning } = countOf(all)
    this.#tab.count(all.length)
    this.#count.hidden = error + warning === 0
    const label = `${countWords(all)}: show the list`
    this.#count.setAttribute("aria-label", label)
    this.#count.title = label
    const counts = Object.entries({ error, warning }).filter(([, count]) => count)
    this.#count.replaceChildren(...counts.flatMap(([severity, count]) => [mark(severity), String(count)]))
  }
}

function viewOf(file) {
  return file.views.find(view => view.hasFocus) ?? file.views[0]
}
