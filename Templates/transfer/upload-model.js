/// Uploads as values: what was dropped or chosen in, requests out.

/// A request has at most so many files and bytes, so that progress is seen and a failure costs little.
const FILES = 200
const BYTES = 16 * 1_048_576

/// Parts a list of `{ path, file }` into requests, in order. A file that is larger than a request goes alone.
export function requestsOf(items, { files = FILES, bytes = BYTES } = {}) {
  const requests = []
  let current = null
  let size = 0
  for (const item of items) {
    if (!current || current.length === files || size + item.file.size > bytes) {
      requests.push(current = [])
      size = 0
    }
    current.push(item)
    size += item.file.size
  }
  return requests
}

/// Whether a name says that this is an archive that can be unpacked.
export function isArchive(name) {
  return /\.(zip|tar|tgz|txz|tar\.(gz|bz2|xz|zst))$/i.test(name)
}

/// The reports of several requests as one.
export function together(reports) {
  const sum = name => reports.reduce((total, report) => total + report[name], 0)
  return {
    added: sum("added"), replaced: sum("replaced"), unchanged: sum("unchanged"), leftOutCount: sum("leftOutCount"),
    leftOut: reports.flatMap(report => report.leftOut)
  }
}

/// What came of it, in a sentence or two. What waits for an answer is not counted as left out.
export function wordsOf(report) {
  const files = count => `${count} ${count === 1 ? "file" : "files"}`
  const parts = []
  if (report.added) parts.push(`${files(report.added)} added`)
  if (report.replaced) parts.push(`${files(report.replaced)} replaced`)
  if (report.unchanged) parts.push(`${files(report.unchanged)} the same as before`)
  const waiting = report.leftOut.filter(({ exists }) => exists).length
  const [first] = report.leftOut.filter(({ exists }) => !exists)
  const count = report.leftOutCount - waiting
  // The site names the first five hundred, all of which may be there already.
  if (count && !first) parts.push(`${files(count)} more left out`)
  if (first) {
    const rest = count > 1 ? `, and ${count - 1} more` : ""
    parts.push(`left out: ${first.name} (${first.reason})${rest}`)
  }
  const words = parts.join(", ")
  return words ? `${words[0].toUpperCase()}${words.slice(1)}.` : "Nothing came in."
}

/// The files of a drop with their paths, those in folders included. To be called while the drop is handled: the list is
/// empty afterwards.
export function droppedFiles(transfer) {
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry?.()).filter(Boolean)
  // Only what comes from a disk has entries.
  if (!entries.length) return Promise.resolve([...transfer.files].map(file => ({ path: file.name, file })))
  return Promise.all(entries.map(filesOf)).then(lists => lists.flat())
}

async function filesOf(entry) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject))
    return [{ path: entry.fullPath.replace(/^\//, ""), file }]
  }
  const reader = entry.createReader()
  const found = []
  // It gives a hundred at a time, and none when there are no more.
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject))
    if (!some.length) return found
    for (const inner of some) found.push(...await filesOf(inner))
  }
}
