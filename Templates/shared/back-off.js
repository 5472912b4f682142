/// How long to wait before the next try: doubles from `first` to `most` (milliseconds), each time a random point in
/// the upper half, so that many readers don't come back at one moment.
export class BackOff {
  #first
  #most
  #random
  #tries = 0

  constructor({ first = 500, most = 20_000, random = Math.random } = {}) {
    this.#first = first
    this.#most = most
    this.#random = random
  }

  /// The next wait in milliseconds.
  next() {
    const whole = Math.min(this.#most, this.#first * 2 ** this.#tries)
    this.#tries += 1
    return Math.round(whole / 2 + this.#random() * whole / 2)
  }

  /// After a success.
  reset() {
    this.#tries = 0
  }
}
