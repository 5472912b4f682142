import { ChangeSet } from "codemirror"
import { get } from "../shared/http.js"

/// The authority's answer to what came after a version of a document: `{ updates }`, or where it doesn't have them any
/// more, `{ version, text }`.
export const updatesSince = (document, version) => get(`/documents/${document}/updates?since=${version}`)

/// An update of the authority with its change set.
export function parse(update) {
  return { ...update, changes: ChangeSet.fromJSON(update.changes) }
}
