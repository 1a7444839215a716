/** A string that arrives in pieces. */

/**
 * V8 keeps `a + b` as a tree of its pieces. A tree of all pieces of a long text would be walked by each collection of garbage,
 * so every few thousand characters become one flat string.
 */
export class GrowingText {
  #settled = ''
  #recent = ''
  /** it ends in the first half of a surrogate pair */
  #half = false

  append(piece: string): void {
    if (piece === '') return
    const last = piece.charCodeAt(piece.length - 1)
    this.#half = last >= 0xd800 && last <= 0xdbff
    this.#recent += piece
    if (this.#recent.length > 4096) this.#settle()
  }

  /** What may be shown of it: half a character only together with the other half. */
  get shown(): string {
    return this.#settled + (this.#half ? this.#recent.slice(0, -1) : this.#recent)
  }

  /** Gives all of it with its last piece, and begins anew. */
  finish(last: string): string {
    if (this.#recent === '' && this.#settled === '') return last
    const text = flat(this.#settled + this.#recent + last)
    this.#settled = ''
    this.#recent = ''
    this.#half = false
    return text
  }

  #settle(): void {
    const end = this.#half ? -1 : this.#recent.length
    this.#settled += flat(this.#recent.slice(0, end))
    this.#recent = this.#recent.slice(end)
  }
}

/** The same text: before a search V8 copies a tree of pieces into one string, but only where what it finds makes a difference. */
function flat(text: string): string {
  return text.length > 12 && text.indexOf('\0') === 0 ? text.slice() : text
}
