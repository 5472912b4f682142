/// Moves the focus among rows of which one can be reached by Tab, for a key that was pressed in one of them: arrows to
/// the next and the one before, Home and End to the ends.
export function walkRows(event, rows) {
  const at = rows.indexOf(event.target)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key]
  if (at < 0 || to === undefined) return
  event.preventDefault()
  if (!rows[to]) return
  rows[at].tabIndex = -1
  rows[to].tabIndex = 0
  rows[to].focus()
}
