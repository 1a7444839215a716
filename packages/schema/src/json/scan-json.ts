/** Reads JSON text in pieces and tells what it meets; the text before is never looked at again. */

import { JsonTextError } from './json-text-error.ts'

/** Told in the order of the text. */
export interface JsonListener {
  /** a value begins; what it is, is told next or when it is complete */
  begin(): void
  open(list: boolean): void
  close(): void
  /** @returns what is wrong with this key */
  key(name: string): string | undefined
  /** a number, literal or complete string */
  value(value: string | number | boolean | null): void
  /** a string that is not complete at the end of this piece */
  text(prefix: string): void
}

export interface JsonScan {
  push(text: string): void
  end(): void
  readonly done: boolean
}

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

/** digits stand before them, small letters after */
const letters = 0x60

const deepest = 128
const numberForm = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const literals = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
])
const escapes = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

/** @throws JsonTextError from `push` and `end`, from then on every time */
export function scanJson(listener: JsonListener): JsonScan {
  /** the open containers: whether each is a list */
  const lists: boolean[] = []
  let expects: Expects = 'value'
  /** the string, key, number or literal under way, in two parts: see `append` */
  let settled = ''
  let token = ''
  /** what follows a backslash, while that is incomplete */
  let escaped: string | undefined
  /** the first half of a surrogate pair: told only together with the second */
  let high = ''
  let consumed = 0
  let failure: unknown

  function fail(problem: string, at: number): never {
    throw new JsonTextError(`Not JSON: ${problem}`, consumed + at)
  }

  function complete(): void {
    expects = lists.length === 0 ? 'nothing' : ', or end'
  }

  function open(list: boolean, at: number): void {
    if (lists.length >= deepest) fail(`nested deeper than ${deepest} levels`, at)
    lists.push(list)
    listener.open(list)
    expects = list ? 'value or ]' : 'key or }'
  }

  function close(list: boolean, at: number): void {
    if (lists.pop() !== list) fail(`unexpected ${list ? ']' : '}'}`, at)
    listener.close()
    complete()
  }

  function endWord(at: number): void {
    const literal = token.charCodeAt(0) > letters ? literals.get(token) : undefined
    if (literal !== undefined) listener.value(literal)
    else if (numberForm.test(token)) listener.value(Number(token))
    else fail(`${JSON.stringify(token.slice(0, 40))} is no value`, at - token.length)
    token = ''
    complete()
  }

  /**
   * V8 keeps `a + b` as a tree of its pieces. A tree of all pieces of a long text would be walked by each collection of garbage,
   * so every few thousand characters become one flat string.
   */
  function append(piece: string): void {
    if (piece === '') return
    const last = piece.charCodeAt(piece.length - 1)
    const half = last >= 0xd800 && last <= 0xdbff
    token += high === '' && !half ? piece : high + (half ? piece.slice(0, -1) : piece)
    high = half ? piece.slice(-1) : ''
    if (token.length > 4096) {
      settled += flat(token)
      token = ''
    }
  }

  /** Reads what follows a backslash; returns the position after it. */
  function readEscape(text: string, from: number): number {
    let at = from
    while (at < text.length && escaped !== undefined) {
      escaped += text.charAt(at)
      if (escaped.charAt(0) !== 'u') {
        const character = escapes.get(escaped)
        if (character === undefined) fail(`\\${escaped} is no escape`, at)
        append(character)
        escaped = undefined
      } else if (!/^u[0-9a-fA-F]*$/.test(escaped)) {
        fail(`\\${escaped} is no escape`, at)
      } else if (escaped.length === 5) {
        append(String.fromCharCode(Number.parseInt(escaped.slice(1), 16)))
        escaped = undefined
      }
      at++
    }
    return at
  }

  /** @param last what the piece at hand adds */
  function endString(last: string, at: number): void {
    let text = last
    if (token !== '' || high !== '' || settled !== '') {
      append(last)
      text = flat(settled + token + high)
      settled = ''
      token = ''
      high = ''
    }
    if (expects === 'string') {
      listener.value(text)
      complete()
      return
    }
    const problem = text === '__proto__' ? 'the key "__proto__" is not allowed' : listener.key(text)
    if (problem !== undefined) fail(problem, at)
    expects = ':'
  }

  function readString(text: string, from: number): number {
    let at = escaped === undefined ? from : readEscape(text, from)
    let start = at
    while (at < text.length) {
      const code = text.charCodeAt(at)
      if (code === quote) {
        endString(text.slice(start, at), at)
        return at + 1
      }
      if (code === backslash) {
        append(text.slice(start, at))
        const character = escapes.get(text.charAt(at + 1))
        if (character === undefined) {
          escaped = ''
          at = readEscape(text, at + 1)
        } else {
          append(character)
          at += 2
        }
        start = at
      } else if (code < 0x20) {
        fail('a control character in a string', at)
      } else {
        at++
      }
    }
    append(text.slice(start))
    return at
  }

  function readWord(text: string, from: number): number {
    let at = from
    while (at < text.length && isWordCharacter(text.charCodeAt(at))) at++
    token += text.slice(from, at)
    if (token.length > 400) fail('a number of more than 400 digits', at)
    if (at < text.length) endWord(at)
    return at
  }

  function beginValue(code: number, at: number): void {
    listener.begin()
    if (code === quote) expects = 'string'
    else if (code === openBrace || code === openBracket) open(code === openBracket, at)
    else if (beginsWord(code)) {
      token = String.fromCharCode(code)
      expects = 'word'
    } else unexpected(code, at)
  }

  function take(code: number, at: number): void {
    switch (expects) {
      case ', or end':
        if (code === comma) expects = lists[lists.length - 1] ? 'value' : 'key'
        else if (code === closeBrace || code === closeBracket) close(code === closeBracket, at)
        else unexpected(code, at)
        break
      case ':':
        if (code !== colon) unexpected(code, at)
        expects = 'value'
        break
      case 'value':
        beginValue(code, at)
        break
      case 'value or ]':
        if (code === closeBracket) close(true, at)
        else beginValue(code, at)
        break
      case 'key':
      case 'key or }':
        if (code === quote) expects = 'key string'
        else if (code === closeBrace && expects === 'key or }') close(false, at)
        else unexpected(code, at)
        break
      default:
        unexpected(code, at)
    }
  }

  function unexpected(code: number, at: number): never {
    const found = JSON.stringify(String.fromCharCode(code))
    fail(expects === 'nothing' ? `${found} after the end` : `expected ${expects}, found ${found}`, at)
  }

  function read(text: string): void {
    let at = 0
    while (at < text.length) {
      if (expects === 'string' || expects === 'key string') {
        at = readString(text, at)
      } else if (expects === 'word') {
        at = readWord(text, at)
      } else {
        const code = text.charCodeAt(at)
        if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) take(code, at)
        at++
      }
    }
    if (expects === 'string') listener.text(settled + token)
    consumed += text.length
  }

  /** After one failure the tree may be half changed: nothing is read any more. */
  function guarded<T>(step: (argument: T) => void, argument: T): void {
    if (failure !== undefined) throw failure
    try {
      step(argument)
    } catch (error) {
      failure = error
      throw error
    }
  }

  function finish(): void {
    if (expects === 'word' && lists.length === 0) endWord(0)
    if (expects !== 'nothing') fail('the text ends too early', 0)
  }

  return {
    push: (text) => guarded(read, text),
    end: () => guarded(finish, undefined),
    get done() {
      return expects === 'nothing'
    },
  }
}

/** Makes V8 copy a tree of pieces into one string, which a regular expression needs for its subject. */
function flat(text: string): string {
  if (text.length > 12) /^/.test(text)
  return text
}

/** A digit, a minus, or the first letter of `true`, `false` and `null`. */
function beginsWord(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x74 || code === 0x66 || code === 0x6e
}

/** Digits, letters, `+ - .`: what a number or a literal is made of, right or wrong. */
function isWordCharacter(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x2d ||
    code === 0x2b ||
    code === 0x2e
  )
}
