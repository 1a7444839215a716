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
/** A name and a value, of which one space before it is no part. */
const field = /^([^:]*):? ?(.*)$/s
const byteOrderMark = '\uFEFF'

/** @param maxEventBytes of one event; 64 MiB when left out */
export function sseParser(maxEventBytes: number = 64 * 2 ** 20): SseParser {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  /** no part of a line, where the next text begins with it */
  let leftOut = byteOrderMark
  /** whole ones, each ended by LF */
  let lines = ''
  let at = 0
  /** the beginning of the next one */
  let begun = ''
  let begunBytes = 0
  let ended = false
  let event = ''
  let data: string | undefined

  function decode(bytes: Uint8Array, stream: boolean): string {
    const text = decoder.decode(bytes, { stream })
    if (text === '') return text
    const own = leftOut !== '' && text.startsWith(leftOut) ? text.slice(1) : text
    // The LF that follows a CR may come with the next bytes: it ends no line of its own.
    leftOut = text.endsWith('\r') ? '\n' : ''
    return own.includes('\r') ? own.replace(/\r\n?/g, '\n') : own
  }

  function addLines(text: string): void {
    lines = lines.slice(at) + begun + text
    at = 0
    begun = ''
  }

  function takeField(line: string): void {
    const [, name, value = ''] = field.exec(line) ?? []
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
      // Only where they may end inside a character: a decoder that streams is slower.
      const text = decode(bytes, (bytes.at(-1) ?? 128) > 127)
      const end = text.lastIndexOf('\n') + 1
      begunBytes = end > 0 ? text.length - end : begunBytes + bytes.length
      if (begunBytes + (data?.length ?? 0) > maxEventBytes) throw oversize(maxEventBytes)
      if (end > 0) addLines(text.slice(0, end))
      begun += text.slice(end)
    },

    end() {
      ended = true
      begun += decode(new Uint8Array(0), false)
      if (begun !== '') addLines('\n')
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
