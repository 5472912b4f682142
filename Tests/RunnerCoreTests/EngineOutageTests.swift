import Foundation
import RunProtocol
import RunnerClient
import Testing
import UnixSocket

/// Stands between a runner and the real Engine, so that a test can take the Engine away from this runner alone.
final class EngineRelay {
    let path = "/tmp/carrel-relay-\(UInt32.random(in: 0 ... .max)).sock"
    private let engine: String
    private var listener: UnixListener?
    private let open = Mutexed<[UnixStream]>([])

    init(to engine: String) throws {
        self.engine = engine
        try begin()
    }

    deinit { end() }

    func begin() throws {
        let listener = try UnixListener(path: path, mode: 0o600)
        self.listener = listener
        let (engine, open) = (engine, open)
        Thread {
            while let inner = try? listener.accept() {
                guard let outer = try? UnixStream.connect(to: engine) else { continue }
                open.value += [inner, outer]
                for (from, to) in [(inner, outer), (outer, inner)] {
                    Thread {
                        while let bytes = try? from.read(atMost: 65536), !bytes.isEmpty { try? to.write(bytes) }
                        to.finishWriting()
                    }.start()
                }
            }
        }.start()
    }

    /// Cuts every connection and refuses new ones, as when the Engine is killed.
    func end() {
        listener?.close()
        listener = nil
        for stream in open.value { stream.shutdown() }
        open.value = []
    }
}

@Suite("When the Engine goes away", .serialized)
struct EngineOutageTests {
    @Test("runs end as lost, new ones are refused, and when it is back all is well and clean")
    func outage() throws {
        let engine = try #require(RunnerFixture.engine)
        let relay = try EngineRelay(to: engine)
        let fixture = try RunnerFixture(engine: relay.path)
        let files = ["main.py": "import time\nprint('up', flush=True)\ntime.sleep(60)"]
        let session = try fixture.start(try fixture.request("python", files), files)
        #expect(try session.nextEvent() == .started(.run))
        relay.end()
        #expect(throws: RunnerFault.lost("the container ended")) { while try session.nextEvent() != nil {} }
        do {
            _ = try fixture.run("python", files)
            Issue.record("there is no Engine that could have run it")
        } catch RunnerFault.engineUnavailable {}
        #expect(try fixture.client.status().engine == nil)
        try relay.begin()
        #expect(try fixture.run("python", ["main.py": "print('again')"]).output == "again\n")
        #expect(try fixture.eventually { try fixture.containers().count == 1 }, "the lost container was removed")
    }

    @Test("an Engine that was not there when the runner began is used as soon as it is")
    func late() throws {
        let engine = try #require(RunnerFixture.engine)
        let relay = try EngineRelay(to: engine)
        relay.end()
        let fixture = try RunnerFixture(engine: relay.path)
        #expect(try fixture.client.status().engine == nil)
        try relay.begin()
        #expect(try fixture.run("python", ["main.py": "print('here')"]).output == "here\n")
    }
}
