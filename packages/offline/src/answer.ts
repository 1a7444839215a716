// The rules as one function: a request in, a completion out, nothing kept in between.
import { introduce } from './reply/introduce.ts'
import type { OfflineCompletion } from './wire/answered.ts'
import { toCompletion } from './wire/completion.ts'
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
  return toCompletion(request, { type: 'text', text: introduce(request.tools) }, Math.floor(now.getTime() / 1000))
}
