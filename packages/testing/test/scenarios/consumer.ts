/** 1.9 of the catalogue: what the reader of an answer does. */

import { createClient } from '@pawl/client'
import type { Scenario, Stage } from './scenario.ts'
import { a, body, chunk, raw, stop, streamed, take, whole } from './wire.ts'

const open = ({ client }: Stage) => createClient(client).chat.completions
const slow = streamed([take, a], { done: false, ending: 'stall' })

/** 64 MiB of text. */
const flood: Iterable<string> = {
  *[Symbol.iterator]() {
    const event = `data: ${JSON.stringify(chunk({ content: 'x'.repeat(16_384) }))}\n\n`
    for (let count = 0; count < 4_096; count++) yield event
  },
}

/** Nothing moves any more: what the socket has taken stays the same. */
async function still({ server }: Stage): Promise<number> {
  let before = -1
  for (let now = 0; now !== before; now = server.connections[0]?.written ?? 0) {
    before = now
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return before
}

const upstreamClosed = async ({ server }: Stage) => {
  await server.connections[0]?.closed
  return { closed: true }
}

export const consumer: readonly Scenario[] = [
  ...(['streamRaw', 'stream'] as const).map(
    (call): Scenario => ({
      id: 'F121',
      what: `a slow reader of ${call} holds 64 MiB back`,
      script: raw(flood),
      run: async (stage) => {
        const stream = open(stage)[call](body, stage.options)[Symbol.asyncIterator]()
        await stream.next()
        const taken = await still(stage)
        await stream.return?.()
        return { taken }
      },
      // The buffers of the two sockets hold up to 10 MiB of it.
      ends: { taken: (bytes: number) => bytes < 12 * 2 ** 20 },
      requests: 1,
    }),
  ),
  ...(['streamRaw', 'stream'] as const).map(
    (call): Scenario => ({
      id: 'F122',
      what: `break out of ${call}`,
      script: slow,
      run: async (stage) => {
        for await (const _ of open(stage)[call](body, stage.options)) break
        return await upstreamClosed(stage)
      },
      ends: { closed: true },
      requests: 1,
    }),
  ),
  {
    id: 'F123',
    what: 'a stream that nobody reads',
    run: async (stage) => {
      open(stage).stream(body, stage.options)
      open(stage).streamRaw(body, stage.options)
      await new Promise((resolve) => setTimeout(resolve, 50))
      return {}
    },
    ends: {},
    requests: 0,
  },
  {
    id: 'F123',
    what: 'a final value that nobody else reads',
    script: streamed(whole),
    run: async (stage) => ({ text: await open(stage).stream(body, stage.options).finalText() }),
    ends: { text: 'Take a coat.' },
    requests: 1,
  },
  ...(['streamRaw', 'stream'] as const).map(
    (call): Scenario => ({
      id: 'F124',
      what: `${call} read twice`,
      script: streamed(whole),
      run: async (stage) => {
        const stream = open(stage)[call](body, stage.options)
        for await (const _ of stream);
        for await (const _ of stream);
      },
      ends: { error: /Error$/, code: 'already_read' },
      requests: 1,
    }),
  ),
  {
    id: 'F125',
    what: 'the reader of a readable goes away',
    script: slow,
    run: async (stage) => {
      const reader = open(stage).stream(body, stage.options).toReadableStream().getReader()
      await reader.read()
      await reader.cancel()
      return await upstreamClosed(stage)
    },
    ends: { closed: true },
    requests: 1,
  },
  {
    id: 'F125',
    what: 'the reader of a readable goes away before the first token',
    script: 'stall@0',
    run: async (stage) => {
      const reader = open(stage).stream(body, stage.options).toReadableStream().getReader()
      const read = reader.read().catch(() => {})
      while (stage.server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
      await reader.cancel()
      await read
      return await upstreamClosed(stage)
    },
    ends: { closed: true },
    requests: 1,
  },
  ...(['streamRaw', 'stream'] as const).map(
    (call): Scenario => ({
      id: 'F126',
      what: `abort in the middle of ${call}`,
      script: slow,
      run: async (stage) => {
        const controller = new AbortController()
        let chunks = 0
        for await (const _ of open(stage)[call](body, { ...stage.options, signal: controller.signal })) {
          if (++chunks === 2) controller.abort(new Error('Enough.'))
        }
      },
      ends: { error: 'AbortError', partial: /^Take/, cause: { message: 'Enough.' } },
      requests: 1,
    }),
  ),
  {
    id: 'F126',
    what: 'abort() of a stream',
    script: slow,
    run: async (stage) => {
      const stream = open(stage).stream(body, stage.options)
      for await (const event of stream) if (event.type === 'content.delta') stream.abort()
    },
    ends: { error: 'AbortError' },
    requests: 1,
  },
  {
    id: 'F126',
    what: 'abort before the start sends nothing',
    run: async (stage) => open(stage).create(body, { ...stage.options, signal: AbortSignal.abort() }),
    ends: { error: 'AbortError' },
    requests: 0,
  },
  {
    id: 'F127',
    what: 'final values settle after an abort',
    script: 'stall@0',
    run: async (stage) => {
      const stream = open(stage).stream(body, stage.options)
      const finals = [stream.finalCompletion(), stream.finalMessage(), stream.finalText(), stream.finalUsage()]
      const settled = Promise.allSettled(finals)
      while (stage.server.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
      stream.abort()
      const reasons = (await settled).map((result) => result.status === 'rejected' && result.reason)
      if (reasons.every((reason) => reason === reasons[0])) throw reasons[0]
      return { reasons }
    },
    ends: { error: 'AbortError' },
    requests: 1,
  },
  {
    id: 'F128',
    what: 'events that wait, then one error',
    script: streamed([take, a], { done: false, ending: 'cut' }),
    run: async (stage) => {
      const texts: unknown[] = []
      const stream = open(stage).streamRaw(body, stage.options)[Symbol.asyncIterator]()
      texts.push((await stream.next()).value?.choices[0]?.delta.content)
      await stage.server.connections[0]?.closed
      texts.push((await stream.next()).value?.choices[0]?.delta.content)
      const [third] = await Promise.allSettled([stream.next()])
      return { texts, third: third.status, after: await stream.next() }
    },
    ends: { texts: ['Take', ' a'], third: 'rejected', after: { done: true } },
    requests: 1,
  },
  {
    id: 'F129',
    what: 'abort and cancel after the end',
    script: streamed([...whole, stop]),
    run: async (stage) => {
      const stream = open(stage).stream(body, stage.options)
      const text = await stream.finalText()
      stream.abort()
      const readable = open(stage).stream(body, stage.options).toReadableStream()
      const reader = readable.getReader()
      while (!(await reader.read()).done);
      await reader.cancel()
      return { text, again: await stream.finalText() }
    },
    ends: { text: 'Take a coat.', again: 'Take a coat.' },
    requests: 2,
  },
]
