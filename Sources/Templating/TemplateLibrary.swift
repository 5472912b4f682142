import Synchronization

/// All templates below one directory, read and parsed.
///
/// A file `accounts/sign-in.html` is the template "accounts/sign-in", for pages, layouts and partials alike. Files with
/// other endings and names that begin with a dot are left alone.
public final class TemplateLibrary: Sendable {
    /// Where the templates are.
    public let directory: String
    let sharedName: String
    let sharedType: ObjectIdentifier
    private let sharedShape: RecordShape
    private let reloads: Bool
    private let state: Mutex<State>

    /// Reads and parses every template; throws the first mistake in any of them.
    ///
    /// Every page sees one value of `shared`'s type under the name `name`. With `reload`, files are looked at again
    /// before each render and read again when they changed, for development; otherwise they are never touched again.
    public init<Shared: ViewModel>(
        directory: String,
        shared: Shared.Type,
        as name: String,
        reload: Bool = false
    ) throws(TemplateError) {
        self.directory = directory
        sharedName = name
        sharedType = ObjectIdentifier(shared)
        sharedShape = RecordShape(shared)
        reloads = reload
        let files = try FileStamp.templates(below: directory)
        var first = State()
        first.read(files, in: directory)
        for template in first.parsed.sorted(by: { $0.key < $1.key }) { _ = try template.value.get() }
        state = Mutex(first)
    }

    /// The names of all templates, sorted.
    public var names: [String] {
        state.withLock { $0.parsed.keys.sorted() }
    }

    /// Compiles a page for a view model, with everything it extends and includes. All names, types and places are
    /// checked here; throws the first mistake found.
    public func page<Model: ViewModel>(_ name: String, for model: Model.Type) throws(TemplateError) -> Page<Model> {
        let (program, generation) = try compiled(name, for: RecordShape(model))
        return Page(name: name, library: self, program: program, generation: generation, reloads: reloads)
    }

    /// The program of a page and the generation it belongs to.
    func compiled(_ name: String, for model: RecordShape) throws(TemplateError) -> (Program, Int) {
        let (parsed, generation) = state.withLock { ($0.parsed, $0.generation) }
        var templates: [String: Template] = [:]
        var broken: [String: TemplateError] = [:]
        for (name, result) in parsed {
            switch result {
            case .success(let template): templates[name] = template
            case .failure(let error): broken[name] = error
            }
        }
        do throws(TemplateError) {
            if let error = broken[name] { throw error }
            let program = try Compiler.compile(name, of: templates, model: model, shared: (sharedName, sharedShape))
            return (program, generation)
        } catch {
            // A file that can't be parsed is the likelier reason than a name that is missing because of it.
            throw broken.min { $0.key < $1.key }?.value ?? error
        }
    }

    /// Reads again what changed since the last look; gives the generation that is now current.
    func refresh() throws(TemplateError) -> Int {
        let files = try FileStamp.templates(below: directory)
        return state.withLock { state in
            if files != state.files {
                state.read(files, in: directory)
                state.generation += 1
            }
            return state.generation
        }
    }
}

/// What was read last.
private struct State {
    var files: [String: FileStamp] = [:]
    var parsed: [String: Result<Template, TemplateError>] = [:]
    /// Grows with every change that was read.
    var generation = 0

    mutating func read(_ found: [String: FileStamp], in directory: String) {
        parsed = parsed.filter { found[$0.key] == files[$0.key] }
        for name in found.keys where parsed[name] == nil {
            parsed[name] = Result { () throws(TemplateError) in
                try Parser.parse(try Source(name: name, directory: directory))
            }
        }
        files = found
    }
}
