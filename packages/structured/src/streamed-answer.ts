/** One answer that streams, shown in batches: what is here is taken without waiting. */

import { accumulatorOf, type ChatCompletion, type ChatCompletionChunk, createAccumulator, inflowOf } from '@pawl/client'

/** Taken one by one, to its end, before the next batch is asked for. */
export type Batch<P> = Iterator<P, undefined>

/**
 * @param show gives what a chunk makes visible
 * @param lenient whether the server may leave the finish reason out
 * @throws what the chunks or `show` throw
 */
export async function* streamedAnswer<P>(
  chunks: AsyncIterable<ChatCompletionChunk>,
  show: (chunk: ChatCompletionChunk) => readonly P[],
  lenient: boolean,
): AsyncGenerator<Batch<P>, ChatCompletion, undefined> {
  const known = accumulatorOf(chunks)
  const accumulator = known ?? createAccumulator()
  const { here, more, leave } = inflowOf(chunks)
  let failure: { readonly error: unknown } | undefined

  function* batch(): Generator<P, undefined> {
    try {
      for (const chunk of here) {
        if (known === undefined) accumulator.add(chunk)
        for (const shown of show(chunk)) yield shown
      }
    } catch (error) {
      failure = { error }
    }
  }

  try {
    while (await more()) {
      yield batch()
      if (failure) throw failure.error
    }
  } finally {
    await leave()
  }
  return accumulator.completion(true, lenient)
}
