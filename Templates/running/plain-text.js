/// Reads a terminal's output as lines of plain text: colours and other escape sequences are left out, a carriage
/// return writes over the line, a backspace goes back. Enough to read along with; not a terminal.
export class PlainText {
  #line = []
  #column = 0
  #escape = ""

  /// Takes text in pieces. Gives the lines it completed and the line being written.
  push(text) {
    const lines = []
    for (const character of text) {
      if (this.#escape) this.#continue(character)
      else if (character === "\n") lines.push(this.#take())
      else this.#write(character)
    }
    return { lines, line: this.#line.join("").trimEnd() }
  }

  #write(character) {
    if (character === "\u001b") this.#escape = character
    else if (character === "\r") this.#column = 0
    else if (character === "\b") this.#column = Math.max(0, this.#column - 1)
    else if (character >= " " || character === "\t") {
      while (this.#line.length < this.#column) this.#line.push(" ")
      this.#line[this.#column] = character
      this.#column += 1
    }
  }

  #take() {
    const line = this.#line.join("").trimEnd()
    this.#line = []
    this.#column = 0
    return line
  }

  #continue(character) {
    this.#escape += character
    const [, kind] = this.#escape
    if (kind === "[") {
      if (this.#escape.length > 2 && character >= "@" && character <= "~") this.#endControl(character)
    } else if (kind === "]") {
      if (character === "\u0007" || this.#escape.endsWith("\u001b\\")) this.#escape = ""
    } else if (!"()*+#% ".includes(kind) || this.#escape.length > 2) {
      this.#escape = ""
    }
    if (this.#escape.length > 4096) this.#escape = ""
  }

  // Of the control sequences only "erase to the end of the line" changes what a line says.
  #endControl(final) {
    const amount = this.#escape.slice(2, -1)
    if (final === "K" && (amount === "" || amount === "0")) this.#line.splice(this.#column)
    if (final === "K" && amount === "2") this.#line = []
    this.#escape = ""
  }
}
