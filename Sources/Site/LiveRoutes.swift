import Accounts
import FoundationEssentials
import Live
import SiteKit
import Web

/// Lets readers into the live stream: checks every channel they ask for, then hands them over to the hub with a ticket.
struct LiveRoutes: Sendable {
    /// Which of these numbers of a kind of channel the reader may listen to.
    typealias Visible = @Sendable (_ ids: [Int], _ reader: Reader) throws -> Set<Int>

    let signer: LiveTicketSigner
    let now: Now
    /// By the first part of a channel's name.
    let visible: [String: Visible]

    /// Seconds in which a ticket must be used.
    private static let validity: TimeInterval = 30
    /// The most channels of one stream.
    private static let limit = 64

    func add(to routes: inout Routes) {
        routes.members(.get, "/live", open)
    }

    private func open(_ request: Request, _ reader: Reader) throws -> Response {
        let wishes = request.query.all("c")
        guard !wishes.isEmpty, wishes.count <= Self.limit else {
            throw Problem.badRequest("A stream has 1 to \(Self.limit) channels.")
        }
        var channels: [LiveTicket.Channel] = []
        var ids: [String: [Int]] = [:]
        for wish in wishes {
            let name = wish.prefix { $0 != ":" }.split(separator: "/", maxSplits: 1).map(String.init)
            guard let channel = LiveTicket.Channel(query: wish), name.count == 2, let id = Int(pathComponent: name[1])
            else { throw Problem.notFound }
            channels.append(channel)
            ids[name[0], default: []].append(id)
        }
        for (kind, ids) in ids {
            guard let visible = visible[kind], try visible(ids, reader).isSuperset(of: ids) else {
                throw Problem.notFound
            }
        }
        let ticket = LiveTicket(
            session: reader.streamOwner,
            channels: channels,
            expires: now().addingTimeInterval(Self.validity)
        )
        return .accelerated("/-/hub/?ticket=\(try signer.sign(ticket))")
    }
}
