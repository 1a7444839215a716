/** A stream of chunks that is asked for when its reader comes, retried while nothing was shown, and complete at its end. */

import { createAccumulator } from './accumulate.ts'
import { readCompletion } from './completion.ts'
import { AlreadyReadError } from './errors/already-read-error.ts'
import { PawlError } from './errors/pawl-error.ts'
import { ProtocolError } from './errors/protocol-error.ts'
import type { CallOptions } from './model.ts'
import { readChunks } from './read-chunks.ts'
import { type Answer, type Call, send } from './send.ts'
import type { Settings } from './settings.ts'
import type { ChatCompletionChunk } from './types/chunk.ts'
import type { ChatCompletion } from './types/completion.ts'
import { aborted } from './watch.ts'

const mostKept = 4096

export interface ChunkStream {
  readonly iterable: AsyncIterable<ChatCompletionChunk>
  /** Sends the request now and resolves with the answer's headers; the chunks are read by `iterable`. */
  open(): Promise<Answer>
}

interface Opened {
  readonly answer: Answer
  readonly batches: AsyncGenerator<readonly ChatCompletionChunk[], boolean>
  readonly first: IteratorResult<readonly ChatCompletionChunk[], boolean>
}

export function chunkStream(settings: Settings, call: () => Call, options: CallOptions): ChunkStream {
  let opened: Promise<Opened> | undefined
  let read = false
  const open = () => {
    opened ??= start(settings, call, options)
    return opened
  }
  return {
    open: () => open().then(({ answer }) => answer),
    iterable: {
      [Symbol.asyncIterator]() {
        if (read) throw new AlreadyReadError('This stream has been read; ask again, or keep what it gave.')
        read = true
        return chunks(open, settings, options)
      },
    },
  }
}

/** Up to the first batch of chunks everything may be tried again: nothing was shown yet. */
async function start(settings: Settings, call: () => Call, options: CallOptions): Promise<Opened> {
  return send(settings, call(), options, async (answer) => {
    const { response, watch } = answer
    const type = response.headers['content-type'] ?? 'text/event-stream'
    if (!/event-stream|octet-stream|text\/plain/.test(type)) return whole(answer)
    const { first = 300_000, idle = 60_000 } = limitsOf(settings, options)
    watch.phase('first', first)
    const batches = readChunks(response, (data) => {
      if (data) watch.phase('idle', idle)
    })
    return { answer, batches, first: await batches.next() }
  })
}

function limitsOf({ timeouts }: Settings, { idleTimeout }: CallOptions) {
  return idleTimeout === undefined ? timeouts : { first: idleTimeout, idle: idleTimeout }
}

/** A server that answers a streamed request with a plain completion is taken at its word; anything else is an error. */
async function whole(answer: Answer): Promise<Opened> {
  const completion = await readCompletion(answer.response)
  async function* batches(): AsyncGenerator<readonly ChatCompletionChunk[], boolean> {
    yield [chunkOf(completion)]
    return true
  }
  const generator = batches()
  return { answer, batches: generator, first: await generator.next() }
}

function chunkOf({ choices, object: _, ...head }: ChatCompletion): ChatCompletionChunk {
  const parts = choices.map(({ message, ...rest }) => ({
    ...rest,
    delta: { ...message, tool_calls: message.tool_calls?.map((call, index) => ({ index, ...call })) },
  }))
  return { ...head, object: 'chat.completion.chunk', choices: parts } as ChatCompletionChunk
}

async function* chunks(
  open: () => Promise<Opened>,
  settings: Settings,
  { signal }: CallOptions,
): AsyncGenerator<ChatCompletionChunk> {
  const { answer, batches, first } = await open()
  // Only what tells a whole answer from a cut one is followed here; the reader does its own folding. For the partial of
  // an error the beginning is kept, bounded: a long stream must not pile up behind its reader.
  const finish = finishes()
  const begun: ChatCompletionChunk[] = []
  try {
    let step = first
    while (!step.done) {
      for (const chunk of step.value) {
        finish.see(chunk)
        if (begun.length < mostKept) begun.push(chunk)
        yield chunk
        if (signal?.aborted) throw aborted(signal)
      }
      step = await batches.next()
    }
    if (!finish.all && !(step.value && settings.profile.finishReasonOptional && finish.any)) {
      throw new ProtocolError(
        'truncated',
        finish.any ? 'The stream ended before the model had finished.' : 'The stream ended without a completion.',
      )
    }
  } catch (error) {
    throw error instanceof PawlError ? withPartial(error, begun) : error
  } finally {
    answer.watch.end()
    answer.response.cancel()
  }
}

/** Follows which choices have begun and which have their finish reason. */
function finishes() {
  const begun = new Set<number>()
  const done = new Set<number>()
  return {
    see({ choices }: ChatCompletionChunk) {
      if (!Array.isArray(choices)) return
      for (const choice of choices) {
        if (!choice) continue
        begun.add(choice.index ?? 0)
        if (choice.finish_reason) done.add(choice.index ?? 0)
      }
    },
    get any() {
      return begun.size > 0
    },
    get all() {
      return begun.size > 0 && done.size >= begun.size
    },
  }
}

function withPartial(error: PawlError, chunks: readonly ChatCompletionChunk[]): PawlError {
  if (error.partial !== undefined) return error
  const accumulator = createAccumulator()
  for (const chunk of chunks) accumulator.add(chunk)
  return Object.defineProperty(error, 'partial', { value: accumulator.snapshot, enumerable: true })
}
