/** Server-sent events by the letter of the WHATWG text, for whole texts: slow and plain, to compare with. */

import type { ServerSentEvent } from '../src/stream/sse.ts'

/** @param text decoded, without its byte order mark; an event without its blank line is given as `cut` */
export function referenceEvents(text: string): ServerSentEvent[] {
  const events: ServerSentEvent[] = []
  let data = ''
  let event = ''
  let hasData = false
  const dispatch = (cut: boolean) => {
    if (hasData) events.push({ event: event || 'message', data: data.slice(0, -1), ...(cut && { cut }) })
    data = ''
    event = ''
    hasData = false
  }
  const lines = text.split(/\r\n|\n|\r/)
  // What follows the last line end is a line only if it is not empty.
  if (lines.at(-1) === '') lines.pop()
  for (const line of lines) {
    if (line === '') {
      dispatch(false)
      continue
    }
    if (line.startsWith(':')) continue
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') event = value
    if (field === 'data') {
      data += `${value}\n`
      hasData = true
    }
  }
  dispatch(true)
  return events
}
