"""What a stream costs that is held open and hears nothing."""
import selectors
import time

from carrel_bench.memory import proportional_size
from carrel_bench.report import fail, say
from carrel_bench.stream import Stream

# Longer than the hub's heartbeat, so that each stream has been written to.
HELD = 20


def bytes_per_stream(instance, browsers, places, count, of_a_session):
    """Bytes by process. Some streams were opened and closed before, so that what is counted grows with the number of
    streams; they may have left memory that others use again, so they are not counted."""
    warm_up = count // 20
    parts = {"site": [instance.pid("site")], "nginx": instance.children("nginx")}

    def sizes():
        return {part: proportional_size(pids) for part, pids in parts.items()}

    def open_streams(number):
        streams = []
        for index in range(number):
            project, document = places[index // of_a_session]
            streams.append(Stream(browsers[index // of_a_session], [f"project/{project}", f"document/{document}"]))
            streams[-1].wait_until_open()
        return streams

    for stream in open_streams(warm_up):
        stream.close()
    time.sleep(2)
    before = sizes()
    say(f"opening {count} streams")
    streams = open_streams(count)
    say(f"holding them for {HELD} s")
    must_be_alive(streams, HELD)
    after = sizes()
    for stream in streams:
        stream.close()
    time.sleep(2)
    return {part: (after[part] - before[part]) / (count - warm_up) for part in parts}


def must_be_alive(streams, seconds):
    """Fails unless every stream gets a heartbeat within that time."""
    selector = selectors.DefaultSelector()
    for stream in streams:
        selector.register(stream, selectors.EVENT_READ, stream)
    heard = set()
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        for key, _ in selector.select(left):
            key.data.take()
            if key.data.has(b":"):
                heard.add(key.fd)
    if len(heard) < len(streams):
        fail(f"Only {len(heard)} of {len(streams)} streams had a heartbeat within {seconds} s.")
