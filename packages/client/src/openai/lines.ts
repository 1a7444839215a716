/** Items as lines of JSON and back: how the official package hands a stream on to another runtime. */

import { parseJson } from '../index.ts'

/** @param abort ends the request under way when the reader cancels */
export function toLines<T>(items: AsyncIterable<T>, abort: () => void): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  const iterator = items[Symbol.asyncIterator]()
  return new ReadableStream({
    async pull(controller) {
      const next = await iterator.next()
      if (next.done) controller.close()
      else controller.enqueue(encoder.encode(`${JSON.stringify(next.value)}\n`))
    },
    async cancel() {
      abort()
      await iterator.return?.().catch(() => {})
    },
  })
}

/** @throws SyntaxError at a line that is not JSON */
export async function* fromLines<T>(readable: ReadableStream<Uint8Array>): AsyncGenerator<T> {
  const decoder = new TextDecoder()
  const reader = readable.getReader()
  let rest = ''
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      const lines = (rest + decoder.decode(read.value, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (line !== '') yield parseJson(line) as T
    }
    if (rest.trim() !== '') yield parseJson(rest) as T
  } finally {
    await reader.cancel().catch(() => {})
  }
}
