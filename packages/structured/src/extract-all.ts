/** One typed value from each of many documents. */

import {
  AbortError,
  AlreadyReadError,
  type ContentPart,
  isPawlError,
  type Model,
  PawlError,
  type Usage,
} from '@pawl/client'
import type { Output, Schema } from '@pawl/schema'
import { wireOf } from './ask/wire-of.ts'
import { type ExtractBase, extract } from './extract.ts'
import { inOrder } from './in-order.ts'
import { addUsage, noUsage } from './usage.ts'

/** The options of `extract`, for each of the documents, and how many are under way. */
export interface ExtractAllOptions<S> extends ExtractBase<S> {
  documents: Iterable<Document> | AsyncIterable<Document>
  /** how many documents are asked about at once; 8 when left out */
  concurrency?: number | undefined
  /** how many further documents may be finished and not yet taken; `concurrency` when left out */
  buffer?: number | undefined
  /** Told when a document is finished: how many are, and how many of these failed. */
  onProgress?: ((done: number, failed: number) => void) | undefined
}

/** What one document came to; `index` is its place among them. */
export type ExtractedDocument<T> =
  | { readonly index: number; readonly value: T }
  | { readonly index: number; readonly error: PawlError }

/** The results in the order of the documents. */
export interface ExtractedDocuments<T> extends AsyncIterable<ExtractedDocument<T>, void, undefined> {
  /** of the documents finished so far, failed ones too */
  readonly usage: Usage
}

/** A text, or content parts as in a user message: images and files. */
type Document = string | readonly ContentPart[]

/**
 * Results come in the order of the documents; a document that fails is told as `{ index, error }` and stops no other.
 * Lazy, and it reads no further ahead than `concurrency + buffer` documents: a slow reader slows the source. `break`
 * aborts what is under way.
 * @throws SchemaError at once. Iterated: AbortError when `signal` fires, what `documents` throws (after the results of
 * what it gave before), and AlreadyReadError for a second iterator
 */
export function extractAll<S extends Schema>(
  model: Model,
  { documents, concurrency = 8, buffer = concurrency, onProgress, signal, ...options }: ExtractAllOptions<S>,
): ExtractedDocuments<Output<S>> {
  wireOf(options.schema)
  let usage = noUsage
  let hasIterator = false

  async function* results(): AsyncGenerator<ExtractedDocument<Output<S>>, void, undefined> {
    const left = new AbortController()
    const either = signal ? AbortSignal.any([left.signal, signal]) : left.signal
    let done = 0
    let failed = 0
    const work = async (document: Document, index: number): Promise<ExtractedDocument<Output<S>>> => {
      try {
        const extracted = await extract(model, { ...options, signal: either, prompt: document })
        usage = addUsage(usage, extracted.usage)
        return { index, value: extracted.value }
      } catch (cause) {
        failed++
        const error = asPawlError(cause)
        usage = addUsage(usage, error.usage)
        return { index, error }
      } finally {
        done++
        if (!either.aborted) onProgress?.(done, failed)
      }
    }
    try {
      for await (const result of inOrder(documents, work, { concurrency, buffer, signal: either })) {
        if (signal?.aborted) throw aborted(signal)
        yield result
      }
      if (signal?.aborted) throw aborted(signal)
    } finally {
      left.abort()
    }
  }

  return {
    get usage() {
      return usage
    },
    [Symbol.asyncIterator]() {
      if (hasIterator)
        throw new AlreadyReadError('This is being read already. Call the function again for another reading.')
      hasIterator = true
      return results()
    },
  }
}

/** A schema's own code may throw anything. */
function asPawlError(error: unknown): PawlError {
  if (isPawlError(error)) return error
  return new PawlError('Reading the value of this document failed; see `cause`.', { cause: error })
}

function aborted(signal: AbortSignal): AbortError {
  return new AbortError('The extraction of the documents was aborted.', { cause: signal.reason })
}
