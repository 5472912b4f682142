/// Talking to the site: paths are below the base path; failures are `HttpFailure`s that say what happened in words.

const TIMEOUT = 20_000

/// A refusal by the site (`status` ≥ 400) or no answer at all (`status` 0).
export class HttpFailure extends Error {
  constructor(status, message, fields = {}, body = null) {
    super(message)
    this.status = status
    this.fields = fields
    this.body = body
  }

  /// True when the same request may succeed later.
  get isPassing() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500
  }
}

/// The base path, "" or "/carrel".
export function base() {
  return document.querySelector("meta[name=base-path]")?.content ?? ""
}

/// GETs JSON.
export function get(path) {
  return send(path, { headers: { Accept: "application/json" } })
}

/// POSTs JSON (or bytes) and gives the JSON of the answer, null when it has none; waits for it `timeout` milliseconds.
export function post(path, body = {}, { keepalive = false, timeout = TIMEOUT } = {}) {
  return send(path, { method: "POST", keepalive, signal: AbortSignal.timeout(timeout), ...payload(body) })
}

/// The last word of a page that is going away: sent without waiting.
export function postAndLeave(path, body) {
  const options = { method: "POST", keepalive: true, credentials: "same-origin", ...payload(body) }
  fetch(base() + path, options).catch(() => {})
}

function payload(body) {
  const bytes = body instanceof Uint8Array
  return {
    body: bytes ? body : JSON.stringify(body),
    headers: {
      "Accept": "application/json",
      "Content-Type": bytes ? "application/octet-stream" : "application/json",
      "X-CSRF-Token": document.querySelector("meta[name=csrf-token]")?.content ?? ""
    }
  }
}

async function send(path, options) {
  let response, text
  try {
    response = await fetch(base() + path, {
      credentials: "same-origin", cache: "no-store", signal: AbortSignal.timeout(TIMEOUT), ...options
    })
    text = await response.text()
  } catch {
    throw new HttpFailure(0, "The site doesn’t answer. Check your connection.")
  }
  const answer = parse(text)
  if (response.ok) return answer
  throw new HttpFailure(response.status, answer?.message ?? words(response.status), answer?.fields ?? {}, answer)
}

function parse(text) {
  try {
    return text ? JSON.parse(text) : null
  } catch {
    return null
  }
}

function words(status) {
  if (status === 401) return "You are signed out. Sign in again in another tab; your text stays here."
  if (status === 413) return "That is too large."
  if (status >= 500) return "The site has a problem. Try again in a moment."
  return "The site refused this."
}
