/// Which rows of a list are chosen, as a value: `{ chosen, focus, anchor }`, the paths that are chosen, the one with
/// the focus, and the one where a range begins.

export const NOTHING = { chosen: new Set(), focus: null, anchor: null }

/// One row alone.
export function only(path) {
  return { chosen: new Set([path]), focus: path, anchor: path }
}

/// One more row, or one less.
export function toggled({ chosen }, path) {
  const others = new Set(chosen)
  if (!others.delete(path)) others.add(path)
  return { chosen: others, focus: path, anchor: path }
}

/// From where the range begins to this row. `paths` are those of all rows, in order.
export function ranged({ anchor }, path, paths) {
  const [one, other] = [paths.indexOf(anchor), paths.indexOf(path)]
  if (one < 0 || other < 0) return only(path)
  const chosen = new Set(paths.slice(Math.min(one, other), Math.max(one, other) + 1))
  return { chosen, focus: path, anchor }
}

/// The focus elsewhere, and the same rows chosen.
export function moved(selection, path) {
  return { ...selection, focus: path }
}

/// Every row.
export function all({ focus }, paths) {
  return { chosen: new Set(paths), focus: focus ?? paths[0] ?? null, anchor: paths[0] ?? null }
}

/// What is left of it when there are other rows. Where the focus was comes what is now in its place, `place` of them
/// from the top.
export function kept(selection, paths, place) {
  const there = new Set(paths)
  if (selection.focus !== null && there.has(selection.focus)) {
    const chosen = new Set([...selection.chosen].filter(path => there.has(path)))
    return { ...selection, chosen: chosen.size ? chosen : new Set([selection.focus]) }
  }
  const path = paths[Math.min(Math.max(place, 0), paths.length - 1)]
  return path === undefined ? NOTHING : only(path)
}
