/** What a client's stream of chunks offers besides iteration; for chunks that no client made, the same in a slower way. */

import type { ChatCompletionChunk } from '../types/chunk.ts'
import type { ChatCompletion } from '../types/completion.ts'
import { type Accumulator, createAccumulator } from './accumulate.ts'
import type { Growth } from './growth.ts'
import { type Inflow, inflow, oneAtATime } from './inflow.ts'

/** One of its inflows is the one reading of the stream. */
export interface ChunkSource {
  /** Has every chunk by the time it is given. Asked for before the first chunk, it keeps the whole stream. */
  accumulator(growth?: Growth): Accumulator
  chunks(): Inflow<ChatCompletionChunk>
  /** Gives the accumulator's completion at each chunk, and makes no chunk that nobody sees. */
  completions(): Inflow<ChatCompletion>
}

type Chunks = AsyncIterable<ChatCompletionChunk>

const sources = new WeakMap<Chunks, ChunkSource>()

/** Notes that a stream offers it. */
export function withSource<C extends Chunks & ChunkSource>(chunks: C): C {
  sources.set(chunks, chunks)
  return chunks
}

/**
 * The accumulator to which these chunks are added before each is given; undefined for chunks that no client made, as
 * those of a model that wraps another. Asked for before the first chunk, it keeps the whole stream.
 */
export function accumulatorOf(chunks: Chunks): Accumulator | undefined {
  return sources.get(chunks)?.accumulator()
}

/** Reads chunks as an inflow, in place of iterating them; those that no client made come one at a time. */
export function inflowOf(chunks: Chunks): Inflow<ChatCompletionChunk> {
  return sources.get(chunks)?.chunks() ?? oneAtATime(chunks)
}

/** A completion that is gathered from its chunks. */
export interface Gathering extends Inflow<ChatCompletion> {
  /** What there is when the chunks break off; undefined where nothing came. */
  partial(): ChatCompletion | undefined
  /** The whole. @throws ProtocolError `truncated` where its end is missing, unless a `lenient` server may leave it out */
  completion(lenient?: boolean): ChatCompletion
}

/**
 * Reads chunks into a completion, in place of iterating them: each time it gives the completion, one live object, with
 * one chunk more.
 * @param growth told what each chunk adds
 */
export function gather(chunks: Chunks, growth: Growth = {}): Gathering {
  const source = sources.get(chunks)
  const accumulator = source?.accumulator(growth) ?? createAccumulator(growth)
  const completions = source?.completions() ?? added(oneAtATime(chunks), accumulator)
  const completion = (lenient?: boolean) => accumulator.completion(true, lenient)
  return { ...completions, partial: accumulator.partial, completion }
}

function added({ here, more, leave }: Inflow<ChatCompletionChunk>, accumulator: Accumulator): Inflow<ChatCompletion> {
  const take = () => {
    const { done, value } = here.next()
    if (done) return undefined
    accumulator.add(value)
    return accumulator.snapshot
  }
  return inflow(take, { more, leave })
}
