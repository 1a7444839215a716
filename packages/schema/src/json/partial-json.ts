/** JSON that arrives in pieces: one tree that grows in place, never parsed again. */

import { JsonTextError } from './json-text-error.ts'

export interface PartialJson {
  /** Takes the next piece of text and returns `value`. @throws JsonTextError, from then on every time */
  push(text: string): unknown
  /** Says that no more text comes, which alone completes a number at the root. @throws JsonTextError for half a text */
  end(): unknown
  /** The live tree: strings grow by prefix; numbers, literals and keys appear when complete. Copy it to keep it. */
  readonly value: unknown
  /** the root is complete */
  readonly done: boolean
  /** Whether nothing at this path can change any more: it is complete, or can no longer appear. */
  closed(path: readonly (string | number)[]): boolean
}

interface Frame {
  readonly container: Record<string, unknown> | unknown[]
  /** where the value under way stands, or the last one stood */
  key: string | number
}

/** What the parser waits for. */
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

const deepest = 128
const numberForm = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const words: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null }
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/** Cost is linear in the text, whatever the size of the pieces. Nesting beyond 128 levels is an error. */
export function partialJson(): PartialJson {
  const stack: Frame[] = []
  let root: unknown
  let expects: Expects = 'value'
  /** the string, key, number or literal under way */
  let token = ''
  /** what follows a backslash, while that is incomplete */
  let escape: string | undefined
  /** the first half of a surrogate pair: shown only together with the second */
  let high = ''
  let consumed = 0
  let failure: JsonTextError | undefined

  function fail(problem: string, at: number): never {
    failure = new JsonTextError(`Not JSON: ${problem}`, consumed + at)
    throw failure
  }

  function attach(value: unknown): void {
    const frame = stack.at(-1)
    if (frame === undefined) root = value
    else if (Array.isArray(frame.container)) frame.container[frame.key as number] = value
    else frame.container[frame.key] = value
  }

  /** A value is complete. */
  function complete(): void {
    expects = stack.length === 0 ? 'nothing' : ', or end'
  }

  function open(container: Frame['container'], at: number): void {
    if (stack.length >= deepest) fail(`nested deeper than ${deepest} levels`, at)
    attach(container)
    stack.push({ container, key: Array.isArray(container) ? 0 : '' })
    expects = Array.isArray(container) ? 'value or ]' : 'key or }'
  }

  function close(list: boolean, at: number): void {
    const frame = stack.pop()
    if (frame === undefined || Array.isArray(frame.container) !== list) fail(`unexpected ${list ? ']' : '}'}`, at)
    complete()
  }

  function takeKey(at: number): void {
    const frame = stack.at(-1)
    if (frame === undefined) return
    const parent = stack.at(-2)
    if (token === '__proto__' || (token === 'prototype' && parent?.key === 'constructor'))
      fail(`the key "${token}" is not allowed`, at)
    frame.key = token
    expects = ':'
  }

  function endWord(at: number): void {
    if (Object.hasOwn(words, token)) attach(words[token])
    else if (numberForm.test(token)) attach(Number(token))
    else fail(`"${token.slice(0, 40)}" is no value`, at)
    complete()
  }

  function append(piece: string): void {
    if (piece === '') return
    const last = piece.charCodeAt(piece.length - 1)
    const half = last >= 0xd800 && last <= 0xdbff
    token += high + (half ? piece.slice(0, -1) : piece)
    high = half ? piece.slice(-1) : ''
  }

  /** Reads what follows a backslash; returns the position after it. */
  function readEscape(text: string, from: number): number {
    let at = from
    for (; at < text.length; at++) {
      escape += text.charAt(at)
      const letter = escape?.charAt(0) ?? ''
      if (letter !== 'u') {
        const character = escapes[letter]
        if (character === undefined) fail(`\\${letter} is no escape`, at)
        append(character)
      } else {
        if (!/^u[0-9a-fA-F]*$/.test(escape ?? '')) fail(`\\${escape} is no escape`, at)
        if (escape?.length !== 5) continue
        append(String.fromCharCode(Number.parseInt(escape.slice(1), 16)))
      }
      escape = undefined
      return at + 1
    }
    return at
  }

  function readString(text: string, from: number): number {
    let at = escape === undefined ? from : readEscape(text, from)
    let start = at
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code === 0x22) {
        append(text.slice(start, at))
        token += high
        high = ''
        if (expects === 'key string') takeKey(at)
        else {
          attach(token)
          complete()
        }
        return at + 1
      }
      if (code === 0x5c) {
        append(text.slice(start, at))
        escape = ''
        at = readEscape(text, at + 1) - 1
        start = at + 1
      } else if (code < 0x20) fail('a control character in a string', at)
    }
    append(text.slice(start))
    return at
  }

  function readWord(text: string, from: number): number {
    let at = from
    while (at < text.length && /[-+.\w]/.test(text.charAt(at))) at++
    token += text.slice(from, at)
    if (token.length > 400) fail('a number of more than 400 digits', at)
    if (at < text.length) endWord(at)
    return at
  }

  function beginValue(character: string, at: number): void {
    if (character === '"') {
      token = ''
      expects = 'string'
      attach('')
    } else if (character === '{') open({}, at)
    else if (character === '[') open([], at)
    else if (/[-\dtfn]/.test(character)) {
      token = character
      expects = 'word'
    } else fail(`unexpected ${JSON.stringify(character)}`, at)
  }

  function take(character: string, at: number): void {
    switch (expects) {
      case 'value or ]':
        if (character === ']') return close(true, at)
        return beginValue(character, at)
      case 'value':
        return beginValue(character, at)
      case 'key or }':
      case 'key':
        if (character === '}' && expects === 'key or }') return close(false, at)
        if (character !== '"') fail(`expected a key, found ${JSON.stringify(character)}`, at)
        token = ''
        expects = 'key string'
        return
      case ':':
        if (character !== ':') fail(`expected ":", found ${JSON.stringify(character)}`, at)
        expects = 'value'
        return
      case ', or end': {
        if (character === '}' || character === ']') return close(character === ']', at)
        if (character !== ',') fail(`expected "," or an end, found ${JSON.stringify(character)}`, at)
        const frame = stack.at(-1)
        if (frame === undefined) return
        expects = typeof frame.key === 'number' ? 'value' : 'key'
        if (typeof frame.key === 'number') frame.key++
        return
      }
      default:
        fail(`unexpected ${JSON.stringify(character)} after the end`, at)
    }
  }

  function read(text: string): void {
    let at = 0
    while (at < text.length) {
      if (expects === 'string' || expects === 'key string') at = readString(text, at)
      else if (expects === 'word') at = readWord(text, at)
      else {
        const code = text.charCodeAt(at)
        if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) take(text.charAt(at), at)
        at++
      }
    }
    if (expects === 'string') attach(token)
    consumed += text.length
  }

  return {
    push(text) {
      if (failure !== undefined) throw failure
      read(text)
      return root
    },
    end() {
      if (failure !== undefined) throw failure
      if (expects === 'word' && stack.length === 0) endWord(0)
      if (expects !== 'nothing') fail('the text ends too early', 0)
      return root
    },
    get value() {
      return root
    },
    get done() {
      return expects === 'nothing'
    },
    closed(path) {
      if (expects === 'nothing') return true
      for (const [depth, key] of path.entries()) {
        const frame = stack[depth]
        if (frame === undefined) return false
        if (String(frame.key) !== String(key)) return Object.hasOwn(frame.container, key)
      }
      return path.length === stack.length && expects === ', or end' && path.length > 0
    },
  }
}
