/**
 * Server-sent events out of bytes, cut anywhere. Only what a completion stream needs: the data of each event and its name.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */

import { ProtocolError } from './errors/protocol-error.ts'

/** `data` is the data lines, joined by line feeds. `event` is the name, empty where none was given. */
export interface ServerEvent {
  readonly event: string
  readonly data: string
}

export interface SseParser {
  /** The events that these bytes complete. */
  push(bytes: Uint8Array): readonly ServerEvent[]
  /** The event left open at the end of the body, if its data stands. A character cut at the end is no character. */
  end(): readonly ServerEvent[]
}

/** @param limit characters that one event may have */
export function sseParser(limit = 64 * 1024 * 1024): SseParser {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let pieces: string[] = []
  let held = 0
  let started = false
  let endedInReturn = false
  let data: string | undefined
  let event = ''

  const line = (text: string, out: ServerEvent[]) => {
    if (text === '') {
      if (data !== undefined) out.push({ event, data })
      data = undefined
      event = ''
      return
    }
    if (text.startsWith('data:')) {
      const value = text.slice(text.charCodeAt(5) === 32 ? 6 : 5)
      data = data === undefined ? value : `${data}\n${value}`
      if (data.length > limit) throw oversize(limit)
    } else if (text === 'data') data = data === undefined ? '' : `${data}\n`
    else if (text.startsWith('event:')) event = text.slice(text.charCodeAt(6) === 32 ? 7 : 6)
  }

  const take = (decoded: string, out: ServerEvent[]) => {
    let text = decoded
    if (!started && text.length > 0) {
      started = true
      if (text.charCodeAt(0) === 0xfeff) text = text.slice(1)
    }
    if (endedInReturn && text.length > 0) {
      endedInReturn = false
      if (text.charCodeAt(0) === 10) text = text.slice(1)
    }
    const returns = text.includes('\r')
    let from = 0
    for (let end = endOfLine(text, from, returns); end !== -1; end = endOfLine(text, from, returns)) {
      const rest = text.slice(from, end)
      line(held === 0 ? rest : joined(rest), out)
      from = end + 1
      if (text.charCodeAt(end) === 13) {
        if (from === text.length) endedInReturn = true
        else if (text.charCodeAt(from) === 10) from += 1
      }
    }
    if (from < text.length) {
      // Pieces of an unfinished line are joined once, when it ends: a line in one-byte pieces stays linear.
      pieces.push(text.slice(from))
      held += text.length - from
      if (held > limit) throw oversize(limit)
    }
  }

  const joined = (rest: string) => {
    const whole = pieces.join('') + rest
    pieces = []
    held = 0
    return whole
  }

  return {
    push(bytes) {
      const out: ServerEvent[] = []
      take(decoder.decode(bytes, { stream: true }), out)
      return out
    },
    end() {
      const out: ServerEvent[] = []
      if (held > 0) line(joined(''), out)
      line('', out)
      return out
    },
  }
}

/** The next line feed, or carriage return where the text has any. */
function endOfLine(text: string, from: number, returns: boolean): number {
  const feed = text.indexOf('\n', from)
  if (!returns) return feed
  const back = text.indexOf('\r', from)
  return back === -1 ? feed : feed === -1 ? back : Math.min(feed, back)
}

function oversize(limit: number): ProtocolError {
  return new ProtocolError('oversize', `One event of the stream is larger than ${limit} characters.`)
}
