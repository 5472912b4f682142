/// Keeps what the authority hasn't confirmed over a reload of this tab, in sessionStorage, one entry a document.
const KEY = "carrel.unsent."

/// Keeps `packed` (see `pack` in collab.js), or forgets the document when it is null.
export function keepUnsent(document, packed) {
  try {
    if (packed) sessionStorage.setItem(KEY + document, JSON.stringify(packed))
    else sessionStorage.removeItem(KEY + document)
  } catch {
    // Full or forbidden: then a reload loses at most what wasn't sent.
  }
}

/// Whether something is kept for the document.
export function hasKept(document) {
  return read(document) !== null
}

/// Gives what was kept for the document, or null. A tab that was duplicated has a copy of the other tab's storage, and
/// would send the same text a second time, so what belongs to a tab that is alive is left alone.
export async function takeUnsent(document) {
  const packed = read(document)
  if (!packed) return null
  return await isOurs(packed.client) ? packed : null
}

/// A name for this tab that no other has, 16 letters.
export function newClient() {
  const bytes = crypto.getRandomValues(new Uint8Array(12))
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_")
}

/// Says that this tab is alive and owns `client`, for as long as the page is.
export function holdClient(client) {
  navigator.locks?.request(lockName(client), () => new Promise(() => {}))
}

function read(document) {
  try {
    return JSON.parse(sessionStorage.getItem(KEY + document))
  } catch {
    return null
  }
}

// Locks exist only on https and localhost; elsewhere only a reload is trusted.
async function isOurs(client) {
  if (!navigator.locks) return performance.getEntriesByType("navigation")[0]?.type === "reload"
  return await navigator.locks.request(lockName(client), { ifAvailable: true }, lock => lock !== null)
}

function lockName(client) {
  return `carrel.client.${client}`
}
