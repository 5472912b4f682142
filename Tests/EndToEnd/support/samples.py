"""Small files, most of kinds that are no text, made on the spot."""
import math
import struct
import zlib


def file(name, content):
    """A file as Playwright puts it into a chooser."""
    return {"name": name, "mimeType": "text/plain", "buffer": content}


def pdf(words="A quiet desk", act=None):
    """One page with these words on it, and something that is done when it is opened."""
    drawing = f"BT /F1 36 Tf 20 100 Td ({words}) Tj ET".encode()
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    sheet = b"/MediaBox [0 0 420 260] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R %s >>" % (f"/OpenAction {act}".encode() if act else b""),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R %s >>" % sheet,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        font,
    ]
    # The comment has bytes that are no text, as most such files do.
    out, places = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def wav(seconds=2, rate=8_000):
    """A quiet tone."""
    tone = bytes(round(128 + 60 * math.sin(index / rate * 440 * 2 * math.pi)) for index in range(rate))
    sound = tone * seconds
    form = struct.pack("<IHHIIHH", 16, 1, 1, rate, rate, 1, 8)
    data = b"WAVEfmt " + form + b"data" + struct.pack("<I", len(sound)) + sound
    return b"RIFF" + struct.pack("<I", len(data)) + data


def png(width=240, height=120):
    """A field that is clear on its left."""
    def piece(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    row = b"\0" + b"\0\0\0\0" * (width // 3) + b"\x17\x62\x4b\xff" * (width - width // 3)
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    pieces = piece(b"IHDR", head) + piece(b"IDAT", zlib.compress(row * height)) + piece(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + pieces


OWL = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 80" width="240" height="160">
  <path d="M10 70 60 10 110 70z" fill="none" stroke="#17624b" stroke-width="4"/>
  <circle cx="60" cy="48" r="12" fill="#8a5300"/>
</svg>
"""

# What makes a short film of a page that draws: there is nothing else at hand that could.
FILM = """async () => {
    const canvas = document.createElement("canvas")
    const pen = canvas.getContext("2d")
    const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: "video/webm" })
    const parts = []
    recorder.addEventListener("dataavailable", event => parts.push(event.data))
    const stopped = new Promise(done => recorder.addEventListener("stop", done))
    recorder.start()
    for (let step = 0; step < 12; step++) {
        pen.fillStyle = step % 2 ? "teal" : "orange"
        pen.fillRect(step * 20, 20, 60, 60)
        await new Promise(done => setTimeout(done, 50))
    }
    recorder.stop()
    await stopped
    return [...new Uint8Array(await new Blob(parts).arrayBuffer())]
}"""


def film(browser):
    """A second of WebM, as Chromium records it."""
    page = browser.new_page()
    try:
        return bytes(page.evaluate(FILM))
    finally:
        page.close()
