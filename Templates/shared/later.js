import { element } from "./element.js"

/// A function that resolves to what `load` gives, which imports modules that the page can do without until then; they
/// are fetched once. `files` are the addresses of these modules, `style` that of a style sheet of theirs or a list of
/// several, and `what` begins the sentence that it fails with.
export function later(what, { files, style = null, load }) {
  let loading = null
  return () => {
    loading ??= fetchAll(files, style).then(load).catch(() => {
      loading = null
      throw new Error(`${what} can’t be loaded now. Check your connection and try again.`)
    })
    return loading
  }
}

// A module that could not be fetched stays failed as long as the page lives. So its files are fetched by themselves
// first: what fails then can be tried again, and what comes is in the browser's cache.
async function fetchAll(files, style) {
  const answers = await Promise.all(files.map(file => fetch(file)))
  if (!answers.every(answer => answer.ok)) throw new Error("The files are not there.")
  await Promise.all([style ?? []].flat().map(loadStyle))
}

async function loadStyle(href) {
  const link = element("link", { rel: "stylesheet", href })
  const loaded = new Promise((resolve, reject) => {
    link.addEventListener("load", resolve)
    link.addEventListener("error", reject)
  })
  document.head.append(link)
  await loaded.catch(failure => {
    link.remove()
    throw failure
  })
}
