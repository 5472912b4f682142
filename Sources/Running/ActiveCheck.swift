import Accounts
import Dispatch
import Projects
import RunProtocol
import Synchronization

/// A check that is going on.
final class ActiveCheck: Sendable {
    /// Where there is one at a time: a newer one ends the one before.
    struct Place: Hashable, Sendable {
        let project: Project.ID
        let person: Account.ID
    }

    let run = RunID.unstored()
    let place: Place
    private let superseded = Mutex(false)
    private let end = DispatchGroup()

    init(_ place: Place) {
        self.place = place
        end.enter()
    }

    var isSuperseded: Bool { superseded.withLock { $0 } }

    func supersede() {
        superseded.withLock { $0 = true }
    }

    /// Called once.
    func finish() {
        end.leave()
    }

    func wait(atMost seconds: Double) {
        _ = end.wait(timeout: .now() + seconds)
    }
}

/// The checks of one site process.
final class ActiveChecks: Sendable {
    private let active = Mutex<[RunID: ActiveCheck]>([:])

    /// Takes a place, in all and of this person; nil when there are too many. Those that are to make room for it are
    /// marked, and are the second value: they count until they have ended, so that a flood of new ones is no way past
    /// the limits.
    func enter(_ place: ActiveCheck.Place, limits: DeskLimits) -> (check: ActiveCheck, older: [ActiveCheck])? {
        active.withLock { active in
            let own = active.values.filter { $0.place.person == place.person }
            guard active.count < limits.checks, own.count < limits.checksOfOnePerson else { return nil }
            let older = own.filter { $0.place == place }
            for check in older { check.supersede() }
            let check = ActiveCheck(place)
            active[check.run] = check
            return (check, older)
        }
    }

    func leave(_ check: ActiveCheck) {
        active.withLock { $0[check.run] = nil }
        check.finish()
    }

    /// Those in a project: of this person, or of all.
    func of(_ project: Project.ID, _ person: Account.ID?) -> [ActiveCheck] {
        active.withLock { Array($0.values) }.filter {
            $0.place.project == project && (person == nil || $0.place.person == person)
        }
    }
}
