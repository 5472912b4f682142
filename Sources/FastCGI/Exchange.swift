import CFastCGI
import Web

/// One thread's state: takes a connection's next request, has it answered, and says what becomes of the connection.
///
/// The `FCGX_Request` is used again and again, for whatever connection comes; the library keeps nothing in it between
/// requests but the connection, and that is taken out.
final class Exchange {
    private let request: UnsafeMutablePointer<FCGX_Request>
    private let reader: RequestReader
    private let handler: @Sendable (Request) -> Response

    init(_ reader: RequestReader, _ handler: @escaping @Sendable (Request) -> Response) {
        request = .allocate(capacity: 1)
        self.reader = reader
        self.handler = handler
    }

    deinit { request.deallocate() }

    /// Answers the request that a connection has ready. True when the connection is kept alive; else it is closed.
    func serve(_ connection: Int32, isLast: () -> Bool) -> Bool {
        cfastcgi_lend(request, connection)
        // Not a request: the peer hung up, sent garbage, or stopped in the middle. The library closed the connection.
        guard FCGX_Accept_r(request) == 0, let input = request.pointee.in else {
            return false
        }
        let parameters = Parameters(request.pointee.envp.map { UnsafePointer($0) })
        let announced = RequestReader.announcedLength(parameters.contentLength)
        let body = BodyReader(input, announced: announced, limit: reader.maximumBodyBytes)
        let response =
            switch reader.read(parameters, announced: announced, body: body, connection: connection) {
            case .request(let request): handler(request)
            case .refusal(let response): response
            }
        // What the handler left of the body is read first, the mark of its end too: nginx sends all of it before it
        // looks at the answer, and takes the connection for free as soon as it has as much answer as was announced.
        let isWhole = body.drain()
        var writer = ResponseWriter(
            response,
            connection: connection,
            requestID: UInt16(truncatingIfNeeded: request.pointee.requestId)
        )
        writer.write(isHead: parameters.method == "HEAD")
        body.close()
        writer.end()
        if !isWhole || writer.isBroken || isLast() { cfastcgi_close_after(request) }
        cfastcgi_finish(request)
        return cfastcgi_connection(request) >= 0
    }
}
