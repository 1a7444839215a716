/** Reads JSON text in pieces and tells what it meets; the text before is never looked at again. */

import { GrowingText } from './growing-text.ts'
import type { JsonListener } from './json-listener.ts'
import { JsonTextError } from './json-text-error.ts'
import { beginsWord, isWordCharacter, unescaped, wordValue } from './json-token.ts'

type Expects =
  | 'value'
  | 'value or ]'
  | 'key'
  | 'key or }'
  | ':'
  | ', or end'
  | 'string'
  | 'key string'
  | 'word'
  | 'nothing'

const quote = 0x22
const backslash = 0x5c
const comma = 0x2c
const colon = 0x3a
const openBrace = 0x7b
const closeBrace = 0x7d
const openBracket = 0x5b
const closeBracket = 0x5d

const deepest = 128

export class JsonScan {
  readonly #listener: JsonListener
  /** the open containers: whether each is a list */
  readonly #lists: boolean[] = []
  #expects: Expects = 'value'
  /** the string or key under way */
  readonly #text = new GrowingText()
  /** the number or literal under way */
  #word = ''
  /** what follows a backslash, while that is incomplete */
  #escape: string | undefined
  #consumed = 0
  #failure: unknown

  constructor(listener: JsonListener) {
    this.#listener = listener
  }

  get done(): boolean {
    return this.#expects === 'nothing'
  }

  /** @throws JsonTextError, from then on every time: after one failure the tree may be half changed */
  push(text: string): void {
    this.#step(text)
  }

  /** @throws JsonTextError for half a text */
  end(): void {
    this.#step(undefined)
  }

  #step(text: string | undefined): void {
    if (this.#failure !== undefined) throw this.#failure
    try {
      if (text === undefined) this.#finish()
      else this.#read(text)
    } catch (error) {
      this.#failure = error
      throw error
    }
  }

  #finish(): void {
    if (this.#expects === 'word' && this.#lists.length === 0) this.#endWord(0)
    if (this.#expects !== 'nothing') throw this.#error('the text ends too early', 0)
  }

  #read(text: string): void {
    for (let at = 0; at < text.length; ) {
      switch (this.#expects) {
        case 'string':
        case 'key string':
          at = this.#readString(text, at)
          break
        case 'word':
          at = this.#readWord(text, at)
          break
        default:
          at = this.#take(text, at)
      }
    }
    if (this.#expects === 'string') this.#listener.text(this.#text.shown)
    this.#consumed += text.length
  }

  /** Takes what stands between strings and words. */
  #take(text: string, at: number): number {
    const code = text.charCodeAt(at)
    if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) return at + 1
    const expects = this.#expects
    switch (expects) {
      case ', or end':
        if (code === closeBrace || code === closeBracket) return this.#close(code === closeBracket, at)
        if (code !== comma) break
        this.#expects = this.#lists[this.#lists.length - 1] ? 'value' : 'key'
        return at + 1
      case 'key':
      case 'key or }':
        if (code === closeBrace && expects === 'key or }') return this.#close(false, at)
        if (code !== quote) break
        this.#expects = 'key string'
        return this.#readKey(text, at + 1)
      case ':':
        if (code !== colon) break
        this.#expects = 'value'
        return at + 1
      case 'value or ]':
        return code === closeBracket ? this.#close(true, at) : this.#readValue(text, code, at)
      case 'value':
        return this.#readValue(text, code, at)
    }
    throw this.#unexpected(code, at)
  }

  /** A key that was expected is told by a look at each character, and is no new string. */
  #readKey(text: string, from: number): number {
    const expected = this.#listener.expectedKey()
    const end = from + expected.length
    if (end >= text.length || expected === '') return this.#readString(text, from)
    for (let at = 0; at < expected.length; at++)
      if (text.charCodeAt(from + at) !== expected.charCodeAt(at)) return this.#readString(text, from)
    if (text.charCodeAt(end) !== quote) return this.#readString(text, from)
    this.#endString(expected, end)
    return end + 1
  }

  #readValue(text: string, code: number, at: number): number {
    this.#listener.begin()
    if (code === quote) {
      this.#expects = 'string'
      return this.#readString(text, at + 1)
    }
    if (code === openBrace || code === openBracket) return this.#open(code === openBracket, at)
    if (!beginsWord(code)) throw this.#unexpected(code, at)
    this.#expects = 'word'
    return this.#readWord(text, at)
  }

  #open(list: boolean, at: number): number {
    if (this.#lists.length >= deepest) throw this.#error(`nested deeper than ${deepest} levels`, at)
    this.#lists.push(list)
    this.#listener.open(list)
    this.#expects = list ? 'value or ]' : 'key or }'
    return at + 1
  }

  #close(list: boolean, at: number): number {
    if (this.#lists.pop() !== list) throw this.#error(`unexpected ${list ? ']' : '}'}`, at)
    this.#listener.close()
    this.#complete()
    return at + 1
  }

  #complete(): void {
    this.#expects = this.#lists.length === 0 ? 'nothing' : ', or end'
  }

  #readWord(text: string, from: number): number {
    let at = from
    while (at < text.length && isWordCharacter(text.charCodeAt(at))) at++
    this.#word += text.slice(from, at)
    if (this.#word.length > 400) throw this.#error('a number of more than 400 digits', at)
    if (at < text.length) this.#endWord(at)
    return at
  }

  #endWord(at: number): void {
    const value = wordValue(this.#word)
    if (value === undefined)
      throw this.#error(`${JSON.stringify(this.#word.slice(0, 40))} is no value`, at - this.#word.length)
    this.#word = ''
    this.#listener.value(value)
    this.#complete()
  }

  #readString(text: string, from: number): number {
    let start = this.#escape === undefined ? from : this.#readEscape(text, from)
    for (let at = start; at < text.length; ) {
      const code = text.charCodeAt(at)
      if (code === quote) {
        this.#endString(text.slice(start, at), at)
        return at + 1
      }
      if (code < 0x20) throw this.#error('a control character in a string', at)
      at++
      if (code !== backslash) continue
      this.#text.append(text.slice(start, at - 1))
      this.#escape = ''
      start = this.#readEscape(text, at)
      at = start
    }
    this.#text.append(text.slice(start))
    return text.length
  }

  /** Reads what follows a backslash; returns the position after it. */
  #readEscape(text: string, from: number): number {
    for (let at = from; at < text.length; at++) {
      this.#escape += text.charAt(at)
      const character = unescaped(this.#escape ?? '')
      if (character === undefined) throw this.#error(`\\${this.#escape} is no escape`, at)
      if (character === '') continue
      this.#text.append(character)
      this.#escape = undefined
      return at + 1
    }
    return text.length
  }

  /** @param last what the piece at hand adds */
  #endString(last: string, at: number): void {
    const text = this.#text.finish(last)
    if (this.#expects === 'string') {
      this.#listener.value(text)
      this.#complete()
      return
    }
    const problem = text === '__proto__' ? 'the key "__proto__" is not allowed' : this.#listener.key(text)
    if (problem !== undefined) throw this.#error(problem, at)
    this.#expects = ':'
  }

  #unexpected(code: number, at: number): JsonTextError {
    const found = JSON.stringify(String.fromCharCode(code))
    const expects = this.#expects
    return this.#error(expects === 'nothing' ? `${found} after the end` : `expected ${expects}, found ${found}`, at)
  }

  #error(problem: string, at: number): JsonTextError {
    return new JsonTextError(`Not JSON: ${problem}`, this.#consumed + at)
  }
}
