// The TypeScript compiler, with what all programs share read already: the declarations of the language and of Node. The
// image puts this behind the text of typescript.js and keeps both, as they are in memory then, in a snapshot of Node's:
// a small program compiles in a fifth of tsc's time.
//
// Arguments: the files of the project. Errors are printed as tsc prints them; then nothing is written, and it exits
// with 1. With --check before them nothing is written in any case.

const options = {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts"],
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.NodeJs,
    moduleDetection: ts.ModuleDetectionKind.Force,
    resolveJsonModule: true,
    esModuleInterop: true,
    typeRoots: ["/usr/share/nodejs/@types"],
    types: ["node"],
    skipLibCheck: true,
    noEmitOnError: true,
    inlineSourceMap: true,
    rootDir: "/home/coder",
    outDir: "/tmp/build",
}

const shared = new Map()

function program(files) {
    const host = ts.createCompilerHost(options)
    const read = host.getSourceFile
    host.getDefaultLibLocation = () => "/usr/share/nodejs/typescript/lib"
    host.getSourceFile = (name, ...rest) => shared.get(name) ?? read(name, ...rest)
    return ts.createProgram(files, options, host)
}

function compile(words) {
    const checks = words[0] === "--check"
    const made = program(checks ? words.slice(1) : words)
    const diagnostics = ts.sortAndDeduplicateDiagnostics([
        ...ts.getPreEmitDiagnostics(made),
        ...(checks ? [] : made.emit().diagnostics),
    ])
    if (diagnostics.length === 0) return
    const format = process.stdout.isTTY ? ts.formatDiagnosticsWithColorAndContext : ts.formatDiagnostics
    const places = {
        getCurrentDirectory: () => options.rootDir,
        getCanonicalFileName: name => name,
        getNewLine: () => "\n",
    }
    process.stdout.write(format(diagnostics, places))
    process.exitCode = 1
}

// Without any file the compiler would read no declarations.
const empty = "/empty.ts"
shared.set(empty, ts.createSourceFile(empty, "export {}", options.target))
const first = program([empty])
first.getTypeChecker()
for (const file of first.getSourceFiles()) shared.set(file.fileName, file)
shared.delete(empty)

require("node:v8").startupSnapshot.setDeserializeMainFunction(() => compile(process.argv.slice(1)))
