/** What a completion says to somebody who asked for a value. */

import type { ChatCompletion, Choice, FunctionToolCall, ToolCall } from '@pawl/client'

export type Answer =
  | { readonly type: 'text'; readonly text: string }
  /** cut off by the output limit */
  | { readonly type: 'cut'; readonly text: string }
  | { readonly type: 'filtered'; readonly text: string }
  | { readonly type: 'refused'; readonly text: string; readonly refusal: string }
  | { readonly type: 'empty'; readonly text: '' }
  /** the call that was forced has not been made: the server ignores `tool_choice` */
  | { readonly type: 'uncalled'; readonly text: string }

/** The first choice; some servers send none. */
export function choiceOf(completion: ChatCompletion): Choice | undefined {
  return completion.choices.find(({ index }) => index === 0) ?? completion.choices[0]
}

/** @param tool the name of the function whose arguments are the answer; left out, the content is */
export function readAnswer(completion: ChatCompletion, tool?: string): Answer {
  const choice = choiceOf(completion)
  if (choice === undefined) return { type: 'empty', text: '' }
  const { message, finish_reason } = choice
  const call = tool === undefined ? undefined : ownCall(message.tool_calls ?? [], tool)
  const text = call?.function.arguments ?? message.content ?? ''
  if (message.refusal) return { type: 'refused', text, refusal: message.refusal }
  if (finish_reason === 'content_filter') return { type: 'filtered', text }
  if (isCut(finish_reason)) return { type: 'cut', text }
  if (call !== undefined) return { type: 'text', text }
  if (text.trim() === '') return { type: 'empty', text: '' }
  return tool === undefined ? { type: 'text', text } : { type: 'uncalled', text }
}

function ownCall(calls: readonly ToolCall[], tool: string): FunctionToolCall | undefined {
  return calls.find((call): call is FunctionToolCall => call.type === 'function' && call.function.name === tool)
}

/** `model_length` is Mistral's word. */
function isCut(reason: string): boolean {
  return reason === 'length' || reason === 'model_length'
}
