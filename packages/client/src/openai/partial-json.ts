/** What a JSON text that is still arriving says so far. */

const nothing = Symbol('nothing')

/**
 * The value of a beginning of JSON: open strings, lists and objects are closed where they stand, an open word is
 * completed, an open number or key is left out. `undefined` when there is nothing yet, or when the text is no JSON.
 */
export function partialJson(text: string): unknown {
  try {
    const found = new Reader(text).value()
    return found === nothing ? undefined : found
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  value(): unknown {
    switch (this.#peek()) {
      case '{':
        return this.#object()
      case '[':
        return this.#list()
      case '"':
        return this.#string() ?? this.#openString()
      case undefined:
        return nothing
      default:
        return this.#scalar()
    }
  }

  #object(): Record<string, unknown> {
    const object: Record<string, unknown> = {}
    for (this.#at++; ; this.#at++) {
      if (this.#peek() === '}' && this.#text[this.#at++]) return object
      if (this.#peek() === undefined) return object
      const key = this.#string() ?? this.#openString()
      if (this.#peek() === undefined) return object
      this.#expect(':')
      const value = this.value()
      if (value !== nothing && key !== '__proto__') object[key] = value
      if (this.#peek() === '}' && this.#text[this.#at++]) return object
      if (this.#peek() === undefined) return object
      if (this.#peek() !== ',') throw new SyntaxError('A comma is missing.')
    }
  }

  #list(): unknown[] {
    const list: unknown[] = []
    for (this.#at++; ; this.#at++) {
      if (this.#peek() === ']' && this.#text[this.#at++]) return list
      const value = this.value()
      if (value !== nothing) list.push(value)
      if (this.#peek() === ']' && this.#text[this.#at++]) return list
      if (this.#peek() === undefined) return list
      if (this.#peek() !== ',') throw new SyntaxError('A comma is missing.')
    }
  }

  /** A whole string, or `undefined` when it is still open. */
  #string(): string | undefined {
    const whole = this.#match(/"(?:[^"\\]|\\.)*"/y)
    return whole === undefined ? undefined : JSON.parse(whole)
  }

  #openString(): string {
    if (this.#text[this.#at] !== '"') throw new SyntaxError('A key is missing.')
    const open = this.#text.slice(this.#at).replace(/\\(?:u[\da-fA-F]{0,3})?$/, '')
    this.#at = this.#text.length
    return JSON.parse(`${open}"`)
  }

  #scalar(): unknown {
    const word = this.#match(/[a-z]+/y)
    if (word !== undefined) return JSON.parse(this.#ended ? complete(word) : word)
    const number = this.#match(/[-+.\deE]+/y)
    if (number === undefined) throw new SyntaxError('A value is missing.')
    return this.#ended ? nothing : JSON.parse(number)
  }

  get #ended(): boolean {
    return this.#at === this.#text.length
  }

  /** The next character that is not white space. */
  #peek(): string | undefined {
    this.#match(/\s+/y)
    return this.#text[this.#at]
  }

  #expect(character: string): void {
    if (this.#peek() !== character) throw new SyntaxError(`"${character}" is missing.`)
    this.#at++
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const [found] = pattern.exec(this.#text) ?? []
    this.#at += found?.length ?? 0
    return found
  }
}

function complete(word: string): string {
  return ['true', 'false', 'null'].find((whole) => whole.startsWith(word)) ?? word
}
