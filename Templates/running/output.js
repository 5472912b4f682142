/// Puts a run's output together from pieces that may come twice, overlap or leave a hole: `length` bytes are known.
export class OutputTrack {
  length = 0

  /// The bytes of a piece at `offset` that are new, or null when bytes before it are missing.
  take(offset, bytes) {
    if (offset > this.length) return null
    const fresh = bytes.subarray(Math.min(bytes.length, this.length - offset))
    this.length += fresh.length
    return fresh
  }

  /// The start is no longer kept: goes on from `offset`. True when bytes were skipped.
  skipTo(offset) {
    if (offset <= this.length) return false
    this.length = offset
    return true
  }
}

/// What is told where bytes of the middle are missing.
export function gap(bytes) {
  return `[… ${bytes} bytes were not kept …]`
}

/// Bytes of base64 text.
export function fromBase64(text) {
  return Uint8Array.from(atob(text), character => character.charCodeAt(0))
}

/// "0:03", "12:40", "1:02:03" of milliseconds.
export function clock(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  const minutes = Math.floor(seconds / 60)
  const two = number => String(number).padStart(2, "0")
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
}
