import RunProtocol

extension WorkspaceShelf {
    /// Until when the containers of a project are kept, when those are stopped that were idle for so long.
    func life(of id: WorkspaceID, stoppingAfter patience: Duration) -> WorkspaceLife {
        let occupations = live.filter { $0.key?.workspace == id }.map { $0.occupation }
        guard let latest = occupations.map({ $0.idleSince }).max() else { return .absent }
        guard occupations.allSatisfy({ $0.runs == 0 }) else { return .inUse }
        return .idle(max(.zero, ContinuousClock.now.duration(to: latest + patience)))
    }
}
