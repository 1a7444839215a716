/**
 * Server-sent events from bytes: push bytes, pull events. https://html.spec.whatwg.org/multipage/server-sent-events.html
 * Lines end in LF, CRLF or CR; one byte order mark, comments and fields without meaning here are left out.
 */

import { ProtocolError } from './errors/protocol-error.ts'

export interface ServerSentEvent {
  /** `message` when the server gave no name */
  readonly event: string
  readonly data: string
  /** The bytes ended before the blank line that ends an event: the data may be cut. */
  readonly cut?: boolean
}

export interface SseParser {
  /** @throws ProtocolError `oversize`, before the bytes are kept */
  push(bytes: Uint8Array): void
  /** No more bytes come; an event without its blank line is given as `cut`. */
  end(): void
  /** The next whole event; `undefined` when more bytes are needed. */
  next(): ServerSentEvent | undefined
}

const LF = 10
const CR = 13
const SPACE = 32
const byteOrderMark = '\uFEFF'

/**
 * Bytes are kept back until their line is whole, and then decoded: one decode a socket read, never inside a character.
 * What is kept grows by doubling, so that an event in one-byte pieces costs what it costs in one.
 * @param maxEventBytes of one event; 64 MiB when left out
 */
export function sseParser(maxEventBytes: number = 64 * 2 ** 20): SseParser {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let kept: Uint8Array<ArrayBuffer> = new Uint8Array(0)
  let keptLength = 0
  let lines = ''
  let at = 0
  let fresh = true
  let skipLineFeed = false
  let ended = false
  let event = ''
  let data: string | undefined

  function keep(bytes: Uint8Array): void {
    const needed = keptLength + bytes.length
    if (needed + (data?.length ?? 0) > maxEventBytes) throw oversize(maxEventBytes)
    if (needed > kept.length) {
      const larger = new Uint8Array(Math.max(needed, kept.length * 2))
      larger.set(kept.subarray(0, keptLength))
      kept = larger
    }
    kept.set(bytes, keptLength)
    keptLength = needed
  }

  /** @returns the text of these bytes and those kept, whole lines, each ended by LF */
  function decode(bytes: Uint8Array): string {
    let whole = bytes
    if (keptLength > 0) {
      keep(bytes)
      whole = kept.subarray(0, keptLength)
      keptLength = 0
      if (kept.length > 65_536) kept = new Uint8Array(0)
    }
    let text = decoder.decode(whole)
    if (fresh) {
      fresh = false
      if (text.startsWith(byteOrderMark)) text = text.slice(1)
    }
    return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  }

  /** @returns an event when the line is the blank one that ends it */
  function take(line: string): ServerSentEvent | undefined {
    if (line === '') return dispatch()
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(line.charCodeAt(colon + 1) === SPACE ? colon + 2 : colon + 1)
    if (field === 'event') event = value
    if (field !== 'data') return undefined
    if (data !== undefined && data.length + value.length > maxEventBytes) throw oversize(maxEventBytes)
    data = data === undefined ? value : `${data}\n${value}`
    return undefined
  }

  function dispatch(cut = false): ServerSentEvent | undefined {
    const told = data === undefined ? undefined : { event: event || 'message', data, ...(cut && { cut }) }
    event = ''
    data = undefined
    return told
  }

  return {
    push(bytes) {
      let from = 0
      if (skipLineFeed && bytes.length > 0) {
        skipLineFeed = false
        if (bytes[0] === LF) from = 1
      }
      let boundary = bytes.lastIndexOf(LF) + 1
      const carriageReturn = bytes.subarray(boundary).lastIndexOf(CR)
      if (carriageReturn >= 0) {
        boundary += carriageReturn + 1
        // The LF that follows this CR may come with the next bytes: it ends no line of its own.
        skipLineFeed = boundary === bytes.length
      }
      if (boundary > from) {
        const text = decode(bytes.subarray(from, boundary))
        lines = at < lines.length ? lines.slice(at) + text : text
        at = 0
      }
      if (boundary < bytes.length) keep(bytes.subarray(Math.max(boundary, from)))
    },

    end() {
      ended = true
      if (keptLength === 0) return
      lines = `${lines.slice(at)}${decode(new Uint8Array(0))}\n`
      at = 0
    },

    next() {
      while (at < lines.length) {
        const end = lines.indexOf('\n', at)
        // Nearly every event of a model: one line of data, and the blank one.
        if (data === undefined && event === '' && lines.charCodeAt(end + 1) === LF && lines.startsWith('data: ', at)) {
          const line = lines.slice(at + 6, end)
          at = end + 2
          return { event: 'message', data: line }
        }
        const told = take(lines.slice(at, end))
        at = end + 1
        if (told) return told
      }
      return ended ? dispatch(true) : undefined
    },
  }
}

function oversize(maxEventBytes: number): ProtocolError {
  return new ProtocolError(
    'oversize',
    `One event of the stream is larger than ${maxEventBytes} bytes (\`maxEventBytes\`).`,
  )
}
