// Moments as the server writes them, "2026-11-27 18:12 UTC", but in the reader's time zone. They are given in
// milliseconds since 1970, or as text with its zone.

const shape = date => date.toISOString().slice(0, 16).replace("T", " ")
const utc = at => `${shape(new Date(at))} UTC`

/// "2026-11-27 19:12".
export function dateAndClock(at) {
  const date = new Date(at)
  return shape(new Date(date.getTime() - date.getTimezoneOffset() * 60_000))
}

/// "19:12" of today, else as above: for what is to happen soon.
export function clockOrDate(at, now = Date.now()) {
  const [day, clock] = dateAndClock(at).split(" ")
  return day === dateAndClock(now).split(" ")[0] ? clock : `${day} ${clock}`
}

/// Makes a moment of the words for it, with the same moment in UTC as its title.
export function time(at, words = dateAndClock(at)) {
  const made = document.createElement("time")
  made.dateTime = new Date(at).toISOString()
  made.title = utc(at)
  made.textContent = words
  return made
}

/// Says the moments of a page in the reader's time zone. Days stay: they are printed without a clock.
export function localize(page) {
  for (const printed of page.querySelectorAll("time[datetime]")) {
    if (printed.textContent === utc(printed.dateTime)) printed.replaceWith(time(printed.dateTime))
  }
}
