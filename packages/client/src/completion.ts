/** A plain completion out of a response. */

import { ProtocolError } from './errors/protocol-error.ts'
import { finishFault, serverFault } from './errors/server-fault.ts'
import { StreamError } from './errors/stream-error.ts'
import { isObject } from './is-object.ts'
import { jsonOf } from './parse-json.ts'
import { type TransportResponse, textOf } from './transport/transport.ts'
import type { ChatCompletion } from './types/completion.ts'

/** @throws StreamError (an error with status 200) | ProtocolError */
export async function readCompletion(response: TransportResponse): Promise<ChatCompletion> {
  const value = await readJson(response)
  if (!isCompletion(value)) {
    const fault = serverFault(value)
    throw fault
      ? new StreamError(fault)
      : new ProtocolError('not_completion', 'The server answered with JSON that is no completion: it has no choices.')
  }
  const broken = finishFault(value)
  if (broken) throw new StreamError(broken, { partial: value })
  for (const { message } of value.choices) settleCalls(message)
  return value
}

/** Any JSON answer. */
export async function readJson(response: TransportResponse): Promise<unknown> {
  const text = await textOf(response)
  const value = jsonOf(text)
  if (value === undefined) throw noJson(text.trim(), response.headers['content-type'] ?? '')
  return value
}

function noJson(text: string, type: string): ProtocolError {
  if (text === '') return new ProtocolError('truncated', 'The server answered with an empty body.')
  if (/json/.test(type) && /^[[{]/.test(text))
    return new ProtocolError('truncated', `The JSON of the answer breaks off after ${text.length} characters.`)
  return new ProtocolError(
    'not_completion',
    `The server answered with ${type || 'something'} that is no JSON (${text.length} characters); is this the right base URL?`,
  )
}

function isCompletion(value: unknown): value is ChatCompletion {
  if (!isObject(value) || !('choices' in value) || !Array.isArray(value.choices)) return false
  return value.choices.length > 0 && value.choices.every((choice) => isObject(choice?.message))
}

/** Some servers give arguments as an object, or none at all. */
function settleCalls(message: ChatCompletion['choices'][number]['message']): void {
  for (const call of message.tool_calls ?? []) {
    if (call.type === 'custom' || !call.function) continue
    const given: unknown = call.function.arguments
    if (typeof given !== 'string') call.function.arguments = given ? JSON.stringify(given) : '{}'
    else if (given === '') call.function.arguments = '{}'
  }
}
