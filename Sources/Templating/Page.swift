import Synchronization

/// A template compiled for one view model, ready to be rendered from any thread.
public struct Page<Model: ViewModel>: Sendable {
    /// The template's name, such as "accounts/sign-in".
    public let name: String
    private let library: TemplateLibrary
    private let program: Program
    private let reloaded: Reloaded?

    init(name: String, library: TemplateLibrary, program: Program, generation: Int, reloads: Bool) {
        self.name = name
        self.library = library
        self.program = program
        reloaded = reloads ? Reloaded(program, generation) : nil
    }

    /// Renders the page as UTF-8. `shared` must be of the type that the library was made for.
    ///
    /// Throws when `shared` is of another type, and in a library that reloads when a template has become wrong.
    public func render<Shared: ViewModel>(_ model: Model, shared: Shared) throws(TemplateError) -> [UInt8] {
        guard ObjectIdentifier(Shared.self) == library.sharedType else {
            throw TemplateError(
                file: name + ".html",
                line: 1,
                column: 1,
                message: "The page was rendered with a \(Shared.self) as \"\(library.sharedName)\".",
                hint: "The library was made for another type."
            )
        }
        let program = try reloaded?.current(name, Model.self, library) ?? program
        return withUnsafePointer(to: shared) { shared in
            withUnsafePointer(to: model) { model in
                program.render(shared: Instance(shared), model: Instance(model))
            }
        }
    }
}

/// The program of a page in a library that reloads.
private final class Reloaded: Sendable {
    private let state: Mutex<(program: Program, generation: Int)>

    init(_ program: Program, _ generation: Int) {
        state = Mutex((program, generation))
    }

    /// The program of the files as they are now. A broken file throws at every render until it is mended.
    func current<Model: ViewModel>(
        _ name: String,
        _ model: Model.Type,
        _ library: TemplateLibrary
    ) throws(TemplateError) -> Program {
        let generation = try library.refresh()
        let (program, its) = state.withLock { $0 }
        if its == generation { return program }
        let compiled = try library.compiled(name, for: RecordShape(model))
        state.withLock { $0 = compiled }
        return compiled.0
    }
}
