/// Finding what somebody means by a few letters of its name.

// How much a letter counts by what stands before it, and what a letter costs that is left out. The values and the idea
// (an optimal alignment in one pass over both, as in the comparison of sequences) are those of fzy's algorithm,
// https://github.com/jhawthorn/fzy/blob/master/ALGORITHM.md.
const IN_A_ROW = 1
const AFTER_SLASH = 0.9
const AFTER_SEPARATOR = 0.8
const AT_CAPITAL = 0.7
const AFTER_DOT = 0.6
const LEFT_OUT = 0.01
const LEFT_OUT_OUTSIDE = 0.005
/// Longer names and words are compared no further.
const MOST = 1024

let best = new Float64Array(4096)
let ending = new Float64Array(4096)

/// How well a name fits some letters, which have to stand in it in this order, whatever the case and whatever is
/// between them: `{ score, places }`, with the place of each letter in the name, or null when they don't. More is
/// better.
/// Spaces in the letters count for nothing.
export function fit(letters, name) {
  const wanted = letters.replaceAll(" ", "").toLowerCase().slice(0, MOST)
  const lower = lowered(name.slice(0, MOST))
  if (!isIn(wanted, lower)) return null
  const [rows, columns] = [wanted.length, lower.length]
  if (rows * columns > best.length) {
    best = new Float64Array(rows * columns)
    ending = new Float64Array(rows * columns)
  }
  for (let row = 0; row < rows; row++) fill(row, rows, wanted, lower, name)
  return { score: rows ? best[rows * columns - 1] : 0, places: trace(rows, columns) }
}

/// The items that fit, the best first and the others in their order, at most so many: `{ item, places }` each.
export function rank(letters, items, nameOf, most) {
  const found = []
  for (const item of items) {
    const fitting = fit(letters, nameOf(item))
    if (fitting) found.push({ item, ...fitting })
  }
  return found.sort((a, b) => b.score - a.score).slice(0, most)
}

// Of letters whose small one is longer ("İ") the place in the name would be another.
function lowered(name) {
  const lower = name.toLowerCase()
  return lower.length === name.length ? lower : name
}

function isIn(wanted, lower) {
  let from = 0
  for (const letter of wanted) {
    from = lower.indexOf(letter, from) + letter.length
    if (from < letter.length) return false
  }
  return true
}

// `ending`: the best with this letter here. `best`: the best with this letter here or earlier.
function fill(row, rows, wanted, lower, name) {
  const columns = lower.length
  const [here, above] = [row * columns, (row - 1) * columns]
  const cost = row === rows - 1 ? LEFT_OUT_OUTSIDE : LEFT_OUT
  let before = -Infinity
  for (let column = 0; column < columns; column++) {
    let score = -Infinity
    if (wanted[row] === lower[column]) {
      if (row === 0) score = worth(name, column) - column * LEFT_OUT_OUTSIDE
      else if (column > 0) {
        score = Math.max(best[above + column - 1] + worth(name, column), ending[above + column - 1] + IN_A_ROW)
      }
    }
    before = Math.max(score, before - cost)
    ending[here + column] = score
    best[here + column] = before
  }
}

function worth(name, column) {
  const before = column === 0 ? "/" : name[column - 1]
  if (before === "/") return AFTER_SLASH
  if (before === "-" || before === "_" || before === " ") return AFTER_SEPARATOR
  if (before === ".") return AFTER_DOT
  const isCapital = letter => letter !== letter.toLowerCase()
  return isCapital(name[column]) && !isCapital(before) ? AT_CAPITAL : 0
}

// Back from the end: a letter stands where the best is reached with it.
function trace(rows, columns) {
  const places = []
  let column = columns - 1
  let isBound = false
  for (let row = rows - 1; row >= 0; row--) {
    const here = row * columns
    while (!isBound && ending[here + column] !== best[here + column]) column--
    places.unshift(column)
    const above = here - columns + column - 1
    isBound = row > 0 && column > 0 && ending[here + column] === ending[above] + IN_A_ROW
    column--
  }
  return places
}
