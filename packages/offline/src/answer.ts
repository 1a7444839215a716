// The rules as one function: a request in, a completion out, nothing kept in between.
import { extractValue } from './extract-value.ts'
import { read } from './language/reading.ts'
import { serve } from './serve.ts'
import type { OfflineCompletion } from './wire/answered.ts'
import { type Decided, toCompletion } from './wire/completion.ts'
import type { OfflineRequest } from './wire/request.ts'

/** What the rules may know besides the request. */
export interface AnswerOptions {
  /** What "today" means and when the answer is said to be made; 1970-01-01 UTC by default. */
  readonly now?: Date | undefined
}

/** Answers a checked request. The same request and `now` always give the same answer. */
export async function answer(
  request: OfflineRequest,
  { now = new Date(0) }: AnswerOptions = {},
): Promise<OfflineCompletion> {
  return toCompletion(request, await decide(request, now), Math.floor(now.getTime() / 1000))
}

async function decide(request: OfflineRequest, now: Date): Promise<Decided> {
  const served = await serve(request, now)
  if (served.type === 'calls' || request.format.type === 'text') return served
  return extractValue(request, await read(served.document, now))
}
