import FoundationEssentials
import Projects
import RunProtocol
import SiteKit
import Sodium
import Web

/// A variable whose value nobody is shown. It is sealed before it is stored and opened for the project's own programs.
struct Secret: Sendable {
    /// Its number.
    typealias ID = Identifier<Secret>

    let id: ID
    let name: String
    /// When it last got a value.
    let changed: Date

    /// What a value is sealed to: what is moved to another project or name in the database can't be opened any more.
    static func owner(project: Project.ID, name: String) -> [UInt8] {
        withUnsafeBytes(of: UInt64(project.rawValue).bigEndian) { Array($0) } + Array(name.utf8)
    }

    /// A secret as it may be stored. Throws `Problem` with what is wrong at which field.
    static func checked(name typed: String, value: String) throws -> RunVariable {
        let name = typed.trimmingWhitespace()
        guard !value.isEmpty else { throw Problem.invalid("value", "Give the value.") }
        do throws(RunVariable.Fault) {
            return try RunVariable(name: name, value: value)
        } catch {
            let field = error == .tooLong || error == .nul ? "value" : "name"
            throw Problem.invalid(field, error.words(for: name).capitalizingFirst)
        }
    }
}

extension String {
    /// The text as the beginning of a sentence, unless it begins with a name.
    fileprivate var capitalizingFirst: String { prefix(1).uppercased() + dropFirst() }
}
