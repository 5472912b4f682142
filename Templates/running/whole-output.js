import { get } from "../shared/http.js"
import { OutputTrack, fromBase64, gap } from "./output.js"
import { PlainText } from "./plain-text.js"

/// All that the site keeps of a run's output, as plain text; what was cut is told at its place.
export async function wholeOutput(id, ask = get) {
  const track = new OutputTrack()
  const plain = new PlainText()
  const decoder = new TextDecoder()
  const lines = []
  let open = ""
  const take = text => {
    const answer = plain.push(text)
    lines.push(...answer.lines)
    open = answer.line
  }
  for (let length = 1; track.length < length;) {
    const answer = await ask(`/runs/${id}/output?from=${track.length}`)
    const missing = answer.from - track.length
    if (track.skipTo(answer.from)) take(`\n${gap(missing)}\n`)
    take(decoder.decode(track.take(answer.from, fromBase64(answer.bytes)), { stream: true }))
    length = answer.length
  }
  return [...lines, open].join("\n")
}
