/**
 * Server-sent events from bytes: push bytes, pull events. https://html.spec.whatwg.org/multipage/server-sent-events.html
 * Lines end in LF, CRLF or CR; one byte order mark, comments and fields without meaning here are left out.
 */

import { ProtocolError } from '../errors/protocol-error.ts'

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
  /** no part of a line, where the next text begins with it */
  let leftOut = byteOrderMark
  let lines = ''
  let at = 0
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
    if (leftOut !== '' && text.startsWith(leftOut)) text = text.slice(1)
    // The LF that follows a CR may come with the next bytes: it ends no line of its own.
    leftOut = text.endsWith('\r') ? '\n' : ''
    return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  }

  function takeField(line: string): void {
    const colon = line.indexOf(':')
    const name = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(line.charCodeAt(colon + 1) === SPACE ? colon + 2 : colon + 1)
    if (name === 'event') event = value
    if (name !== 'data') return
    if (data !== undefined && data.length + value.length > maxEventBytes) throw oversize(maxEventBytes)
    data = data === undefined ? value : `${data}\n${value}`
  }

  function dispatch(cut = false): ServerSentEvent | undefined {
    const told = data === undefined ? undefined : { event: event || 'message', data, ...(cut && { cut }) }
    event = ''
    data = undefined
    return told
  }

  return {
    push(bytes) {
      let boundary = bytes.lastIndexOf(LF) + 1
      boundary += bytes.subarray(boundary).lastIndexOf(CR) + 1
      if (boundary > 0) {
        lines = lines.slice(at) + decode(bytes.subarray(0, boundary))
        at = 0
      }
      if (boundary < bytes.length) keep(bytes.subarray(boundary))
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
        const line = lines.slice(at, end)
        at = end + 1
        if (line !== '') {
          takeField(line)
          continue
        }
        const told = dispatch()
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
