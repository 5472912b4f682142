/// The view that shows best what is in a file: the last part of its address.
export function viewOf(file) {
  const ending = file.path.slice(file.path.lastIndexOf(".") + 1).toLowerCase()
  if (file.document && ["md", "markdown"].includes(ending)) return "rendered"
  if (file.document && ["csv", "tsv"].includes(ending)) return "table"
  if (file.document && ending === "svg") return "picture"
  return "hex"
}
