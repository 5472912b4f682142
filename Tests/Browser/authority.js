// The server's side of a document in forty lines: takes a change set only at its newest version, each (client,
// sequence) once, and answers like POST and GET /documents/ID/updates.
import { ChangeSet, Text } from "codemirror"

export class Authority {
  constructor(text) {
    this.text = Text.of(text.split("\n"))
    this.updates = []
  }

  get version() {
    return this.updates.length
  }

  push({ version, client, sequence, changes }) {
    if (this.updates.some(update => update.client === client && update.sequence === sequence)) return this.pull(version)
    if (version !== this.version) return { ...this.pull(version), status: 409 }
    this.text = ChangeSet.fromJSON(changes).apply(this.text)
    this.updates.push({ version: version + 1, client, sequence, changes })
    return this.pull(version)
  }

  pull(version) {
    return { status: 200, version: this.version, updates: this.updates.slice(version) }
  }
}
