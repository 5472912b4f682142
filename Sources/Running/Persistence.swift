import Logging
import Threads

/// Does something until the database takes it, for as long as a restart of the database may last: a minute. False when
/// it never did. `words` are logged with each failure.
func persist(_ log: Logger, _ words: Logger.Message, _ write: () throws -> Void) -> Bool {
    for attempt in 0..<60 {
        do {
            try write()
            return true
        } catch {
            log.warning(words, metadata: ["attempt": .stringConvertible(attempt), "error": .string("\(error)")])
            Pause.seconds(1)
        }
    }
    return false
}
