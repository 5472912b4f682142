import AgentProtocol
import Glibc
import Languages
import Logging
import RunProtocol

extension WorkspaceShelf {
    /// Makes containers ahead, one at a time, until `stopAll`. On a thread of its own.
    func keepSpares(of languages: [Language]) {
        guard configuration.spares > 0, configuration.spareMemory.bytes > 0 else { return }
        let byID = Dictionary(languages.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        while !state.withLock({ $0.isStopping }) {
            guard let step = spares.next(of: languages.map(\.id), until: .now + .seconds(5)),
                let language = byID[step.use.language]
            else { continue }
            for spare in step.insteadOf { giveUp(spare) }
            do throws(RunnerFault) {
                let spare = try start(language)
                let launch = expected(step.use, language)
                expect(launch, in: spare)
                let memory = spares.isToBeMeasured(language.id) ? measured(spare, with: launch) : nil
                guard spares.add(spare, step.use, using: memory) else {
                    log.info(
                        "A container made ahead has no room",
                        metadata: ["language": "\(language.id)", "bytes": "\(memory?.bytes ?? 0)"]
                    )
                    giveUp(spare)
                    spares.rest(language.id)
                    continue
                }
                // What is usual may have become known meanwhile, when this one was not yet among those who are told.
                let latest = expected(step.use, language)
                if latest != launch { expect(latest, in: spare) }
            } catch {
                // Its image isn't built, or the Engine is away: whoever runs something is told.
                spares.rest(language.id)
            }
        }
    }

    private func expected(_ use: Spares.Use, _ language: Language) -> AgentLaunch? {
        let usual = use.isJob ? spares.usualJob(language.id) : nil
        return usual ?? Launch.expected(language, isJob: use.isJob, ceiling: configuration.runCeiling)
    }

    /// What a container that waits uses when the program that was started ahead in it, if any, is ready.
    private func measured(_ spare: Workspace, with launch: AgentLaunch?) -> ByteCount? {
        if launch != nil { usleep(1_000_000) }
        return try? engine.memory(of: spare.container)
    }

    /// Ends a container that waited, be it nobody's or cleaned.
    func giveUp(_ waiting: Workspace) {
        waiting.end(.lost("others need its place"))
        discard(waiting)
    }

    /// A job began with this launch, and more like it may come.
    func note(job: AgentLaunch, _ language: Language) {
        for spare in spares.note(job: job, language.id) { expect(job, in: spare) }
    }

    private func expect(_ launch: AgentLaunch?, in spare: Workspace) {
        // One whose stream is broken ends anyway.
        if let launch { try? spare.channel.send(.expect(launch)) }
    }
}
