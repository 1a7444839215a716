/** The events of function calls as the official package times them: a delta for every piece, done when the next call begins. */

import type { ChatCompletion, ChatCompletionChunk, Choice, FunctionToolCall, ToolCallDelta } from '../index.ts'

/** `index` is the place of the call in the message. */
export type ToolEvent =
  | { type: 'delta'; name: string; index: number; arguments: string; arguments_delta: string }
  | { type: 'done'; name: string; index: number; arguments: string }

interface Follower {
  /** where the call of each `index` of the wire stands in the message */
  readonly positions: Map<number | undefined, number>
  current: number | undefined
}

/** Follows a stream: give it each chunk with the completion as it stands after it. */
export function toolEvents(): (chunk: ChatCompletionChunk, snapshot: ChatCompletion) => ToolEvent[] {
  const followers = new Map<number, Follower>()
  return ({ choices }, snapshot) =>
    (choices ?? []).flatMap(({ index, delta, finish_reason }) => {
      const follower = followers.get(index) ?? { positions: new Map(), current: undefined }
      followers.set(index, follower)
      const choice = snapshot.choices.find((each) => each.index === index)
      const events = (delta?.tool_calls ?? []).flatMap((piece) => grown(follower, choice, piece))
      return finish_reason ? [...events, ...ended(follower, choice)] : events
    })
}

function grown(follower: Follower, choice: Choice | undefined, delta: ToolCallDelta): ToolEvent[] {
  const calls = choice?.message.tool_calls ?? []
  const named = delta.id ? calls.findIndex(({ id }) => id === delta.id) : -1
  const index = named >= 0 ? named : (follower.positions.get(delta.index) ?? calls.length - 1)
  follower.positions.set(delta.index, index)
  const before = follower.current === index ? [] : ended(follower, choice)
  follower.current = index
  const called = functionAt(choice, index)
  if (!called) return before
  const arguments_delta = delta.function?.arguments ?? ''
  return [...before, { type: 'delta', name: called.name, index, arguments: called.arguments, arguments_delta }]
}

function ended(follower: Follower, choice: Choice | undefined): ToolEvent[] {
  const index = follower.current
  follower.current = undefined
  const called = index === undefined ? undefined : functionAt(choice, index)
  return index === undefined || !called ? [] : [{ type: 'done', index, name: called.name, arguments: called.arguments }]
}

function functionAt(choice: Choice | undefined, index: number): FunctionToolCall['function'] | undefined {
  const call = choice?.message.tool_calls?.[index]
  return call?.type === 'function' ? call.function : undefined
}
