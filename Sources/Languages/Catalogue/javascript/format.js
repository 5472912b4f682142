// format.js NAME: reads a program in JavaScript or TypeScript from its input and prints it as editors format it with
// the compiler's own language service: indentation and spaces, no more. What can't be parsed is refused.
const { readFileSync } = require("node:fs")
const ts = require("/usr/share/nodejs/typescript/lib/typescript.js")

const name = process.argv[2]
const text = readFileSync(0, "utf8")
const { parseDiagnostics } = ts.createSourceFile(name, text, ts.ScriptTarget.Latest)
for (const { start, messageText } of parseDiagnostics) {
  const { line, character } = ts.getLineAndCharacterOfPosition({ text, lineMap: ts.computeLineStarts(text) }, start)
  console.error(`${name}:${line + 1}:${character + 1}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`)
}
if (parseDiagnostics.length > 0) process.exit(1)

const service = ts.createLanguageService({
  getCompilationSettings: () => ({ allowJs: true }),
  getScriptFileNames: () => [name],
  getScriptVersion: () => "1",
  getScriptSnapshot: file => file === name ? ts.ScriptSnapshot.fromString(text) : undefined,
  getCurrentDirectory: () => "/",
  getDefaultLibFileName: () => "",
  fileExists: file => file === name,
  readFile: () => undefined
})
// Whoever indents with tabs or by four keeps to it.
const [indent] = /^(\t| +)(?=[^\s*])/m.exec(text) ?? ["  "]
const edits = service.getFormattingEditsForDocument(name, {
  ...ts.getDefaultFormatCodeSettings("\n"),
  convertTabsToSpaces: indent !== "\t",
  indentSize: indent === "    " ? 4 : 2,
  tabSize: 4
})
let formatted = ""
let place = 0
for (const { span, newText } of edits.sort((one, other) => one.span.start - other.span.start)) {
  formatted += text.slice(place, span.start) + newText
  place = span.start + span.length
}
process.stdout.write((formatted + text.slice(place)).replace(/\n*$/, "\n"))
