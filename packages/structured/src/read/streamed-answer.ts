/** One answer that streams, shown in batches: what is here is taken without waiting. */

import {
  type ChatCompletion,
  type ChatCompletionChunk,
  type Growth,
  gather,
  isPawlError,
  withFacts,
} from '@pawl/client'

/** Taken one by one, to its end, before the next batch is asked for. */
export type Batch<P> = Iterator<P, undefined>

/**
 * @param show gives what the next piece of the text makes visible
 * @param options.fromCall whether the text is the arguments of the first call, not the content
 * @param options.lenient whether the server may leave the finish reason out
 * @throws what the chunks or `show` throw, with the completion so far as `partial`
 */
export async function* streamedAnswer<P>(
  chunks: AsyncIterable<ChatCompletionChunk>,
  show: (piece: string) => readonly P[],
  { fromCall, lenient }: { readonly fromCall: boolean; readonly lenient: boolean },
): AsyncGenerator<Batch<P>, ChatCompletion, undefined> {
  let piece = ''
  const add = (text: string) => {
    piece += text
  }
  const { here, more, leave, partial, completion } = gather(chunks, fromCall ? firstCall(add) : content(add))
  let failure: { readonly error: unknown } | undefined

  function* batch(): Generator<P, undefined> {
    try {
      for (const _ of here) {
        if (piece === '') continue
        const shown = show(piece)
        piece = ''
        for (const each of shown) yield each
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
    return completion(lenient)
  } catch (error) {
    throw isPawlError(error) && error.partial === undefined ? withFacts(error, { partial: partial() }) : error
  } finally {
    await leave()
  }
}

function content(add: (text: string) => void): Growth {
  return {
    content({ index }, text) {
      if (index === 0) add(text)
    },
  }
}

function firstCall(add: (text: string) => void): Growth {
  let first: unknown
  return {
    call({ index }, call, text) {
      if (index !== 0) return
      first ??= call
      if (call === first) add(text)
    },
  }
}
