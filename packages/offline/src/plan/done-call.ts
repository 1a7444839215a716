// The calls of this turn that have an answer, and the values in those answers.

import type { DecidedCall } from '../wire/completion.ts'
import { asObject, field, type JsonObject } from '../wire/json-object.ts'
import type { OfferedMessage } from '../wire/request.ts'

/** A call and what came back: parsed when it is JSON, else as text. */
export interface DoneCall {
  readonly name: string
  readonly input: JsonObject
  readonly output: unknown
  /** The tool said that it failed, or gave nothing. */
  readonly empty: boolean
}

/** The answered calls of `messages`, in call order. */
export function doneCalls(messages: readonly OfferedMessage[]): readonly DoneCall[] {
  const answers = new Map(
    messages.flatMap((message) => (message.role === 'tool' ? [[message.callId, message.text] as const] : [])),
  )
  return messages.flatMap((message) => {
    if (message.role !== 'assistant') return []
    return message.calls.map((call) => {
      const output = parse(answers.get(call.id) ?? '')
      return { name: call.name, input: asObject(parse(call.arguments)) ?? {}, output, empty: isEmpty(output) }
    })
  })
}

/** Whether `call` has been made, with the same arguments. */
export function isSame(call: DecidedCall, done: DoneCall): boolean {
  return call.name === done.name && JSON.stringify(call.arguments) === JSON.stringify(done.input)
}

/** The objects in an output: itself, its rows, or the rows of its one list. */
export function rowsIn(output: unknown): readonly JsonObject[] {
  if (Array.isArray(output)) return output.map(asObject).filter((item) => item !== undefined)
  const object = asObject(output)
  if (!object) return []
  const lists = Object.values(object).filter((value) => Array.isArray(value) && value.some((item) => asObject(item)))
  return lists.length === 1 ? rowsIn(lists[0]) : [object]
}

/** Whether an output is a list, or an object around one list. */
export function isListing(output: unknown): boolean {
  if (Array.isArray(output)) return true
  const object = asObject(output)
  return object !== undefined && rowsIn(output)[0] !== object
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function isEmpty(output: unknown): boolean {
  if (output === null || output === '' || (Array.isArray(output) && output.length === 0)) return true
  if (typeof output === 'string') return /^(?:error\b|no such|not found|unknown\b|failed|invalid\b)/i.test(output)
  return field(asObject(output), 'error') !== undefined
}
