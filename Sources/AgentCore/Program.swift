import CProcess
import Glibc

/// The Swift side of `carrel_start`.
enum Program {
    /// Programs are this much nicer than the agent, so that it gets its turn at once however many of them there are.
    private static let niceness: Int32 = 10

    /// Starts a program and gives its process id. `control` becomes its descriptor 3. Throws with the failing step and
    /// the system's words.
    static func start(
        _ arguments: [String],
        environment: [String],
        directory: String,
        streams: (input: Int32, output: Int32, error: Int32),
        control: Int32 = -1,
        hasTerminal: Bool,
        identity: AgentOptions.Identity,
        mark: UInt32,
        cpuSeconds: UInt64,
        fileSize: UInt64
    ) throws(AgentFault) -> Int32 {
        var program = carrel_program()
        program.input = streams.input
        program.output = streams.output
        program.error = streams.error
        program.control = control
        program.has_terminal = hasTerminal ? 1 : 0
        program.cpu_seconds = cpuSeconds
        program.file_size = fileSize
        program.niceness = niceness
        if case .user(let user, let group) = identity {
            program.switches_user = 1
            program.user = user
            program.group = group
            program.mark = mark
        }
        var step: UnsafePointer<CChar>?
        let process = withStrings(arguments) { arguments in
            withStrings(environment) { environment in
                directory.withCString { directory in
                    program.arguments = arguments
                    program.environment = environment
                    program.directory = directory
                    return carrel_start(&program, &step)
                }
            }
        }
        guard process > 0 else {
            let action = step.map { String(cString: $0) } ?? "start the program"
            throw AgentFault("\(action): \(String(cString: strerror(-process)))")
        }
        return process
    }

    /// Lends the texts as an array of C strings with a null behind the last.
    private static func withStrings<Value>(
        _ texts: [String],
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Value
    ) -> Value {
        var pointers = texts.map { strdup($0) }
        pointers.append(nil)
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeBufferPointer { buffer in
            // An array that just got an element has a base address.
            body(buffer.baseAddress.unsafelyUnwrapped)
        }
    }
}
