/** A client's stream adds its chunks to an accumulator by itself: whoever wants the whole need not add them again. */

import type { Accumulator } from './accumulate.ts'
import type { ChatCompletionChunk } from './types/chunk.ts'

type Chunks = AsyncIterable<ChatCompletionChunk>

const known = new WeakMap<Chunks, () => Accumulator>()

/**
 * The accumulator to which these chunks are added before each is given; undefined for chunks that no client made, as
 * those of a model that wraps another. Asked for before the first chunk, it keeps the whole stream.
 */
export function accumulatorOf(chunks: Chunks): Accumulator | undefined {
  return known.get(chunks)?.()
}

/** Notes the accumulator of a stream. @param give called when somebody wants it */
export function withAccumulator<C extends Chunks>(chunks: C, give: () => Accumulator): C {
  known.set(chunks, give)
  return chunks
}
