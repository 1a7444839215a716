/** The seam to a model: wrap it for caching, limits, recording, or stand in for one in tests. */

import type { Attempt } from './errors/pawl-error.ts'
import type { ChatCompletionChunk } from './types/chunk.ts'
import type { ChatCompletion } from './types/completion.ts'
import type { ModelRequest } from './types/request.ts'

/** Times are milliseconds. */
export interface CallOptions {
  /** Ends the call with an `AbortError`, at once. */
  signal?: AbortSignal | undefined
  /** From the start of the call to its end, with all attempts and a stream's reading; none when left out. */
  timeout?: number | undefined
  /** Between two pieces of data; also before the first. */
  idleTimeout?: number | undefined
  headers?: Record<string, string> | undefined
  /** Attempts after the first; 2 when left out. */
  maxRetries?: number | undefined
  /** Sent as `Idempotency-Key`, the same for every attempt. */
  idempotencyKey?: string | undefined
  /** Told before each wait for another attempt. */
  onRetry?: ((attempt: Attempt) => void) | undefined
  /** Parameters that the typed body does not know. */
  extraBody?: Record<string, unknown> | undefined
}

export interface Model {
  readonly id: string
  complete(request: ModelRequest, options?: CallOptions): Promise<ChatCompletion>
  stream(request: ModelRequest, options?: CallOptions): AsyncIterable<ChatCompletionChunk>
}
