/// The lines of a terminal's buffer, each whole: rows that were wrapped are joined. `row` is where a line begins.
export function linesOf(buffer) {
  const lines = []
  for (let row = 0; row < buffer.length; row += 1) {
    const line = buffer.getLine(row)
    const text = line.translateToString(!buffer.getLine(row + 1)?.isWrapped)
    if (line.isWrapped && lines.length) lines.at(-1).text += text
    else lines.push({ row, text })
  }
  while (lines.at(-1)?.text === "") lines.pop()
  return lines
}

/// The whole line that a row belongs to, as in `linesOf`.
export function lineAt(buffer, row) {
  let start = row
  while (buffer.getLine(start)?.isWrapped && start > 0) start -= 1
  let text = ""
  for (let next = start; next === start || buffer.getLine(next)?.isWrapped; next += 1) {
    text += buffer.getLine(next)?.translateToString(!buffer.getLine(next + 1)?.isWrapped) ?? ""
  }
  return { row: start, text }
}

/// The cell that shows the UTF-16 unit at `index` of the line that begins at a row, counted on from that row's first
/// cell: a wide character takes two cells, and one cell may have several units.
export function cellAt(buffer, row, index) {
  let units = 0
  let cells = 0
  for (let line = buffer.getLine(row); line; line = buffer.getLine(row += 1)) {
    for (let column = 0; column < line.length; column += 1, cells += 1) {
      const cell = line.getCell(column)
      if (cell.getWidth() === 0) continue
      if (units >= index) return cells
      units += cell.getChars().length || 1
    }
  }
  return cells
}
