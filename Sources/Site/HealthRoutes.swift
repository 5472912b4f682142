import Logging
import MariaDB
import Web

/// The address that tells a load balancer or the start script whether requests can be answered.
struct HealthRoutes: Sendable {
    let database: Database

    func add(to routes: inout Routes) {
        routes.get("/healthz", show)
    }

    private func show(_ request: Request) throws -> Response {
        do {
            _ = try database.read { db in try db.exists("SELECT 1") }
            return .text("ok\n")
        } catch {
            request.log.error("the database does not answer", metadata: ["error": .string("\(error)")])
            return .text("the database does not answer\n", status: .serviceUnavailable)
        }
    }
}
