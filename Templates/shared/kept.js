/// What a person's browser keeps for them: sizes, what is open. Several people may use one browser.
export class Kept {
  #prefix

  /// `person` is a number or a name; null for somebody without an account.
  constructor(person) {
    this.#prefix = `carrel.${person ?? "visitor"}.`
  }

  /// What was kept under a name; null when that is nothing, or no JSON any more.
  read(name) {
    try {
      return JSON.parse(localStorage.getItem(this.#prefix + name))
    } catch {
      return null
    }
  }

  /// Keeps a value, or forgets it when it is null.
  write(name, value) {
    try {
      if (value === null) localStorage.removeItem(this.#prefix + name)
      else localStorage.setItem(this.#prefix + name, JSON.stringify(value))
    } catch {
      // A browser that keeps nothing forgets this, too.
    }
  }
}
