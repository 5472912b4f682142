/// The open files of a half of the editor as a value: `{ open, current, closed }`, the numbers of the files in the
/// order of their tabs, the one that is shown (null when none is), and those that were closed, the last one last.

const MOST_CLOSED = 20

export const NO_TABS = { open: [], current: null, closed: [] }

/// Shows a file, beside the current one if it has no tab yet.
export function opened(tabs, id) {
  const closed = tabs.closed.filter(other => other !== id)
  if (tabs.open.includes(id)) return { ...tabs, current: id, closed }
  const place = tabs.open.indexOf(tabs.current) + 1 || tabs.open.length
  return { open: tabs.open.toSpliced(place, 0, id), current: id, closed }
}

/// Closes a tab; the one after it is shown then, or the one before.
export function closed(tabs, id) {
  const place = tabs.open.indexOf(id)
  if (place < 0) return tabs
  const open = tabs.open.toSpliced(place, 1)
  const current = tabs.current === id ? open[place] ?? open[place - 1] ?? null : tabs.current
  return { open, current, closed: [...tabs.closed.filter(other => other !== id), id].slice(-MOST_CLOSED) }
}

/// Moves a tab by so many places, as far as there are.
export function moved(tabs, id, by) {
  const place = tabs.open.indexOf(id)
  if (place < 0) return tabs
  const without = tabs.open.toSpliced(place, 1)
  const target = Math.min(Math.max(place + by, 0), without.length)
  return { ...tabs, open: without.toSpliced(target, 0, id) }
}

/// The file of the tab so many places on, round and round; null when there is none.
export function beside(tabs, by) {
  const count = tabs.open.length
  if (!count) return null
  return tabs.open[(tabs.open.indexOf(tabs.current) + by + count) % count]
}

/// Leaves out what is no file any more.
export function existing(tabs, exists) {
  const open = tabs.open.filter(exists)
  const current = open.includes(tabs.current) ? tabs.current : nearest(tabs, open)
  return { open, current, closed: tabs.closed.filter(exists) }
}

/// What was kept as JSON, as far as it makes sense: anybody may have written there.
export function restored(value) {
  const numbers = list => [...new Set(Array.isArray(list) ? list.filter(Number.isSafeInteger) : [])]
  const open = numbers(value?.open)
  const closed = numbers(value?.closed).filter(id => !open.includes(id)).slice(-MOST_CLOSED)
  return { open, current: open.includes(value?.current) ? value.current : open[0] ?? null, closed }
}

/// The places of cursors that were kept, by the files' numbers, as far as they make sense.
export function restoredPlaces(value) {
  const isPlace = place => Number.isSafeInteger(place?.line) && Number.isSafeInteger(place.column) && place.column >= 0
  return new Map((Array.isArray(value) ? value : []).filter(pair => Array.isArray(pair) && isPlace(pair[1])))
}

function nearest(tabs, open) {
  const place = tabs.open.indexOf(tabs.current)
  const after = tabs.open.slice(place + 1).find(id => open.includes(id))
  return after ?? tabs.open.slice(0, Math.max(place, 0)).findLast(id => open.includes(id)) ?? null
}
