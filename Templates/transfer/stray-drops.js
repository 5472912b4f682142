let taker = null

/// From now on a file that is dropped where nothing takes files does nothing: it would be put into a text, or take the
/// place of this page.
export function refuseStrayDrops() {
  addEventListener("dragover", refuse, { capture: true })
}

/// Files may be dropped on this element; with null nowhere.
export function takeDrops(element) {
  taker = element
}

function refuse(event) {
  if (!event.dataTransfer?.types.includes("Files") || taker?.contains(event.target)) return
  event.preventDefault()
  event.stopPropagation()
  event.dataTransfer.dropEffect = "none"
}
