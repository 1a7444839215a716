import { ApiError } from '@pawl/client'

/** Whether a server says that the conversation is longer than the model's window. Servers have no common code for it. */
export function isOverflow(error: unknown): boolean {
  if (!(error instanceof ApiError) || (error.status !== 400 && error.status !== 413)) return false
  const { code, message = '' } = error.server
  if (code === 'context_length_exceeded' || code === 'string_above_max_length') return true
  return /context (length|window|size)|maximum context|too many tokens|prompt is too long|exceed.{0,40}(context|token)/i.test(
    `${message} ${error.body}`,
  )
}
