/** Tool calls from their deltas. Servers leave out, repeat and reuse ids and indexes; the table of the test has the cases. */

import { ProtocolError } from '../errors/protocol-error.ts'
import { madeId } from '../made-id.ts'
import { jsonOf } from '../parse-json.ts'
import type { ToolCallDelta } from '../types/chunk.ts'
import type { ToolCall } from '../types/tool-call.ts'

/** A call that grows; `call` stands in the message and is changed in place. */
export interface GrowingCall {
  readonly call: ToolCall
  /** Its place in the message. */
  readonly index: number
  /** What the server calls its place; several calls may share one. */
  readonly wireIndex: number | undefined
  /** The id as sent; a repeated one is not the id of the call. */
  sentId: string
  /** A server sent `{}` before the real arguments: held back until it is known to be all. */
  braces: boolean
}

/** The largest index of a choice or a call; anything else is not an index. */
export const maxIndex = 1023

/** A fragment of the text of a call, as arguments or input. */
export interface CallGrowth {
  readonly grown: GrowingCall
  readonly text: string
}

const knownKeys = new Set(['index', 'id', 'type', 'function', 'custom', '__proto__'])

/** Changes `calls`, ordered by index, by one delta. @throws ProtocolError `malformed` for an index that is none */
export function growCall(calls: GrowingCall[], latest: GrowingCall | undefined, delta: ToolCallDelta): CallGrowth {
  const grown = find(calls, latest, delta) ?? start(calls, delta)
  const { call } = grown
  if (delta.id && !grown.sentId) name(calls, grown, delta.id)
  for (const key in delta) {
    if (knownKeys.has(key)) continue
    // As `extra_content`, which holds a signature that the server wants back.
    const value: unknown = delta[key as keyof ToolCallDelta]
    if (value !== null && value !== undefined) Object.assign(call, { [key]: value })
  }
  if (call.type === 'custom') {
    if (delta.custom?.name) call.custom.name = delta.custom.name
    const text = textOf(delta.custom?.input)
    call.custom.input += text
    return { grown, text }
  }
  if (delta.function?.name) call.function.name = delta.function.name
  const text = argumentsOf(grown, textOf(delta.function?.arguments))
  call.function.arguments += text
  return { grown, text }
}

/** The call as it goes into the message: an id made when none came, `{}` where there were no arguments. */
export function finishCall({ call }: GrowingCall): void {
  if (!call.id) call.id = madeId()
  if (call.type === 'function' && call.function.arguments === '') call.function.arguments = '{}'
}

/** A known id, else the index, else the latest call. */
function find(calls: readonly GrowingCall[], latest: GrowingCall | undefined, delta: ToolCallDelta) {
  const { id, index } = delta
  const placed = index === undefined || index === null ? undefined : calls.findLast((call) => call.wireIndex === index)
  if (id) {
    const known = calls.findLast((call) => call.sentId === id)
    // One id for two places is two calls.
    if (known && (placed === undefined ? index === undefined || index === null : placed === known)) return known
    if (placed && (placed.sentId === '' || placed.sentId === id)) return placed
    if (!known && placed === undefined && latest?.sentId === '' && latest.wireIndex === undefined) return latest
    return undefined
  }
  if (index !== undefined && index !== null) return placed
  if (latest && startsAnother(latest, delta)) return undefined
  return latest
}

/** Without id and index, a name after a call that is complete is the next call. */
function startsAnother({ call }: GrowingCall, delta: ToolCallDelta): boolean {
  if (call.type === 'custom') return Boolean(delta.custom?.name && call.custom.name)
  return Boolean(delta.function?.name && call.function.name) && jsonOf(call.function.arguments) !== undefined
}

function start(calls: GrowingCall[], delta: ToolCallDelta): GrowingCall {
  const wireIndex = delta.index ?? undefined
  if (wireIndex !== undefined && !isIndex(wireIndex))
    throw new ProtocolError('malformed', 'A tool call of the stream has an index that is none.')
  const free = calls.reduce((next, { index }) => Math.max(next, index + 1), 0)
  if (free > maxIndex) throw new ProtocolError('malformed', `The stream has more than ${maxIndex + 1} tool calls.`)
  const index = wireIndex === undefined || calls.some((call) => call.index === wireIndex) ? free : wireIndex
  const call: ToolCall =
    delta.type === 'custom' || delta.custom
      ? { id: '', type: 'custom', custom: { name: '', input: '' } }
      : { id: '', type: 'function', function: { name: '', arguments: '' } }
  const grown = { call, index, wireIndex, sentId: '', braces: false }
  calls.push(grown)
  calls.sort((one, other) => one.index - other.index)
  return grown
}

function name(calls: readonly GrowingCall[], grown: GrowingCall, id: string): void {
  grown.call.id = calls.some(({ call }) => call.id === id) ? madeId() : id
  grown.sentId = id
}

function argumentsOf(grown: GrowingCall, text: string): string {
  if (grown.call.type === 'custom' || text === '') return text
  if (grown.braces) {
    grown.braces = false
    return text.trimStart().startsWith('{') ? text : `{}${text}`
  }
  if (text === '{}' && grown.call.function.arguments === '') {
    grown.braces = true
    return ''
  }
  return text
}

/** Some servers send arguments as an object. https://github.com/ggml-org/llama.cpp/issues/20198 */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return value === undefined || value === null ? '' : JSON.stringify(value)
}

export function isIndex(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= maxIndex
}
