import {
  Compartment, EditorState, EditorView, Prec, basicSetup, emacsStyleKeymap, indentUnit,
  indentWithTab, keymap, syntaxHighlighting
} from "codemirror"
import { isDark, preferences, watchPreferences } from "../shared/preferences.js"
import { highlighter } from "./highlight.js"
import { languageOf } from "./language-of.js"
import { keepWellFormed } from "./well-formed.js"

// Of CodeMirror's panels, as they are written elsewhere.
const WORDS = {
  "next": "Next", "previous": "Previous", "all": "All", "replace": "Replace", "replace all": "Replace all",
  "match case": "Match case", "regexp": "Expression", "by word": "Whole words", "close": "Close"
}

const theme = EditorView.theme({
  "&": { backgroundColor: "var(--surface)", color: "var(--code-variable)", fontSize: "var(--code-size)" },
  "&.cm-focused": { outline: "none" },
  "&.cm-focused::before": {
    content: "''", position: "absolute", inset: "0 0 auto", zIndex: "300", height: "2px", background: "var(--focus)"
  },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5" },
  ".cm-content": { padding: "8px 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 16px 0 4px" },
  ".cm-gutters": { backgroundColor: "var(--surface)", color: "var(--muted)", border: "none" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "44px", padding: "0 4px 0 12px" },
  ".cm-foldGutter .cm-gutterElement": { width: "14px", color: "var(--muted)" },
  ".cm-activeLine": { backgroundColor: "var(--hover)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--hover)", color: "var(--ink)" },
  ".cm-cursor, .cm-dropCursor": { borderLeft: "2px solid var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground":
    { background: "var(--selection)" },
  ".cm-selectionMatch, .cm-searchMatch": { backgroundColor: "var(--match)" },
  ".cm-searchMatch-selected": { backgroundColor: "var(--selection)" },
  ".cm-searchMatch, .cm-searchMatch *": { color: "var(--ink)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--chosen)", outline: "1px solid var(--line-strong)" },
  "&.cm-focused .cm-nonmatchingBracket": { color: "var(--bad)" },
  ".cm-foldPlaceholder": { border: "1px solid var(--line)", background: "var(--sunken)", color: "var(--muted)" },
  ".cm-panels": { backgroundColor: "var(--sunken)", color: "var(--ink)" },
  ".cm-panels.cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".cm-panels.cm-panels-bottom": { borderTop: "1px solid var(--line)" },
  ".cm-panel.cm-search": { padding: "8px 32px 8px 12px", fontSize: "13px" },
  ".cm-textfield": { border: "1px solid var(--line-strong)", borderRadius: "4px", background: "var(--surface)" },
  ".cm-panel.cm-search :is(input, button, label)": { fontSize: "13px" },
  ".cm-panel.cm-search label": { display: "inline-flex", alignItems: "center", gap: "4px" },
  ".cm-panel.cm-search input[type=checkbox]": { margin: "0" },
  ".cm-search .cm-textfield, .cm-search .cm-button": { minHeight: "26px" },
  ".cm-panel.cm-search button[name=close]": { width: "26px", height: "26px" },
  ".cm-button": {
    border: "1px solid var(--line)", borderRadius: "4px", background: "var(--surface)", color: "var(--ink)"
  },
  ".cm-tooltip": {
    border: "1px solid var(--line)", borderRadius: "4px", background: "var(--surface)", color: "var(--ink)",
    boxShadow: "var(--shadow)"
  },
  ".cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", fontSize: "13px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "2px 8px", lineHeight: "20px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { background: "var(--chosen)", color: "var(--ink)" }
})

// Where the numbers are, marks of problems have their room; without them it is kept free.
const withoutNumbers = EditorView.theme({
  ".cm-lineNumbers": { display: "none !important" }, ".cm-foldGutter": { marginLeft: "14px" }
})
// What the basic set-up brings can't be taken away, but told that there is nothing to close.
const withoutClosing = Prec.highest(EditorState.languageData.of(() => [{ closeBrackets: { brackets: [] } }]))
const tastes = new Compartment()
const language = new Compartment()
const naming = new Compartment()

/// The editor's state for a text, which is a `Text`. `complete` gives what CodeMirror may suggest in a context,
/// `takeBack()` undoes what is not in the editor's own history, and says whether there was such a thing.
export function editorState({ path, doc, nonce, isReadOnly, complete, takeBack, onUpdate }) {
  const suggestions = [{ autocomplete: complete }]
  return EditorState.create({
    doc,
    extensions: [
      EditorState.transactionFilter.of(keepWellFormed),
      EditorState.phrases.of(WORDS),
      EditorView.cspNonce.of(nonce),
      EditorState.readOnly.of(isReadOnly),
      Prec.high([
        keymap.of([{ key: "Mod-z", run: takeBack }]),
        // The browser's own menu, and keyboards on glass.
        EditorView.domEventHandlers({ beforeinput: event => event.inputType === "historyUndo" && takeBack() })
      ]),
      basicSetup,
      keymap.of([indentWithTab]),
      tastes.of(taste()),
      theme,
      syntaxHighlighting(highlighter),
      language.of([]),
      EditorState.languageData.of(() => suggestions),
      naming.of(named(path)),
      EditorView.updateListener.of(onUpdate)
    ]
  })
}

/// What a new path changes: the name readers hear, and the indentation.
export function rename(path) {
  return naming.reconfigure(named(path))
}

/// Loads the highlighting for a file name; gives the effect that switches it on, or null where there is none.
export async function loadLanguage(path) {
  try {
    const support = await languageOf(path)
    return support && language.reconfigure(support)
  } catch {
    return null
  }
}

/// Calls back whenever the reader wants editors otherwise, with a function that gives the effects for the file of a
/// path. Gives a function that ends it.
export function watchTaste(callback) {
  return watchPreferences(() => callback(path => [tastes.reconfigure(taste()), rename(path)]))
}

// What the reader chose that is the same for every file.
function taste() {
  const { tabWidth, wrapLines, lineNumbers, closeBrackets, keys } = preferences()
  return [
    EditorView.darkTheme.of(isDark()),
    EditorState.tabSize.of(tabWidth ?? 4),
    wrapLines ? EditorView.lineWrapping : [],
    lineNumbers ? [] : withoutNumbers,
    closeBrackets ? [] : withoutClosing,
    keys === "emacs" ? Prec.high(keymap.of(emacsStyleKeymap)) : []
  ]
}

function named(path) {
  const attributes = { "aria-label": `Code of ${path}`, "aria-describedby": "code-keys", "tabindex": "0" }
  return [EditorView.contentAttributes.of(attributes), indentUnit.of(indentation(path))]
}

function indentation(path) {
  if (/\.go$|(^|\/)Makefile$/.test(path)) return "\t"
  const { tabWidth } = preferences()
  if (tabWidth) return " ".repeat(tabWidth)
  return /\.(js|mjs|cjs|ts|json|html|css|rb|lua|ya?ml)$/.test(path) ? "  " : "    "
}
