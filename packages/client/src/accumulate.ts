/** Folds the chunks of a stream into the completion that a plain answer would have been. */

import { ProtocolError } from './errors/protocol-error.ts'
import type { ChatCompletionChunk, ChunkChoice, Delta, ToolCallDelta } from './types/chunk.ts'
import type { ChatCompletion, Choice, CompletionMessage, Logprobs } from './types/completion.ts'
import type { ToolCall } from './types/tool-call.ts'
import type { Usage } from './types/usage.ts'

const most = { choices: 128, calls: 128 }

/** A call as it grows. `id` is empty until the server sends one. */
interface GrowingCall {
  index: number | undefined
  id: string
  type: 'function' | 'custom' | undefined
  name: string
  text: string
  extra: Record<string, unknown> | undefined
}

interface GrowingChoice {
  readonly choice: Choice
  readonly calls: GrowingCall[]
  finish: string | null
}

export interface Accumulator {
  /** Takes the next chunk. */
  add(chunk: ChatCompletionChunk): void
  /** What has come so far, as one live object that grows; calls stand in it from their first delta. */
  readonly snapshot: ChatCompletion
  readonly usage: Usage | undefined
  /** Whether every choice has its finish reason. */
  readonly finished: boolean
  /**
   * The whole completion.
   * @param done whether the stream said `[DONE]`; with `lenient`, that makes up for a missing finish reason
   * @throws ProtocolError `truncated` with the partial completion, where no choice came or one has no finish reason
   */
  completion(done: boolean, lenient?: boolean): ChatCompletion
}

/** The pure form: all chunks at once. @throws ProtocolError as `completion()` does */
export function accumulate(chunks: Iterable<ChatCompletionChunk>): ChatCompletion {
  const accumulator = createAccumulator()
  for (const chunk of chunks) accumulator.add(chunk)
  return accumulator.completion(true)
}

export function createAccumulator(): Accumulator {
  const choices = new Map<number, GrowingChoice>()
  const snapshot: ChatCompletion = { id: '', object: 'chat.completion', created: 0, model: '', choices: [] }
  let last: GrowingChoice | undefined

  const choiceAt = (index: number): GrowingChoice | undefined => {
    if (last && last.choice.index === index) return last
    let found = choices.get(index)
    if (!found) {
      if (!Number.isInteger(index) || index < 0 || index >= most.choices) return undefined
      const message: CompletionMessage = { role: 'assistant', content: null }
      found = { choice: { index, message, finish_reason: '' }, calls: [], finish: null }
      choices.set(index, found)
      snapshot.choices.push(found.choice)
      snapshot.choices.sort((a, b) => a.index - b.index)
    }
    last = found
    return found
  }

  return {
    snapshot,
    get usage() {
      return snapshot.usage
    },
    get finished() {
      if (choices.size === 0) return false
      for (const { finish } of choices.values()) if (finish === null) return false
      return true
    },
    add(chunk) {
      addHead(snapshot, chunk)
      if (!Array.isArray(chunk.choices)) return
      for (const part of chunk.choices) {
        const growing = part && choiceAt(part.index ?? 0)
        if (growing) addChoice(growing, part, snapshot)
      }
    },
    completion(done, lenient = false) {
      const unfinished = [...choices.values()].filter(({ finish }) => finish === null)
      for (const growing of choices.values()) close(growing)
      if (choices.size === 0)
        throw new ProtocolError('truncated', 'The stream ended without a completion.', { partial: snapshot })
      if (unfinished.length > 0 && !(done && lenient)) {
        throw new ProtocolError('truncated', 'The stream ended before the model had finished.', { partial: snapshot })
      }
      for (const { choice, calls } of unfinished) choice.finish_reason = calls.length > 0 ? 'tool_calls' : 'stop'
      return snapshot
    },
  }
}

/** Fields beside the choices: the first id stays, of the others the last that says something. */
function addHead(snapshot: ChatCompletion, chunk: ChatCompletionChunk): void {
  if (!snapshot.id && chunk.id) snapshot.id = chunk.id
  if (!snapshot.model && chunk.model) snapshot.model = chunk.model
  if (!snapshot.created && chunk.created) snapshot.created = chunk.created
  const usage = chunk.usage ?? vendorUsage(chunk)
  if (usage) snapshot.usage = usage
  for (const key in chunk) {
    if (headFields.has(key)) continue
    const value = Reflect.get(chunk, key)
    if (value !== null && value !== undefined)
      Object.defineProperty(snapshot, key, { value, enumerable: true, writable: true, configurable: true })
  }
}

const headFields = new Set([
  'id',
  'object',
  'created',
  'model',
  'choices',
  'usage',
  'obfuscation',
  '__proto__',
  'x_groq',
])

function vendorUsage(chunk: ChatCompletionChunk): Usage | undefined {
  if (Array.isArray(chunk.choices))
    for (const choice of chunk.choices) if (choice && 'usage' in choice && choice.usage) return choice.usage as Usage
  return 'x_groq' in chunk ? (chunk.x_groq as { usage?: Usage } | null)?.usage : undefined
}

function addChoice(growing: GrowingChoice, part: ChunkChoice, snapshot: ChatCompletion): void {
  const { choice } = growing
  if (part.delta) addDelta(growing, part.delta, snapshot)
  if (part.logprobs) choice.logprobs = addLogprobs(choice.logprobs, part.logprobs)
  if (part.finish_reason) {
    growing.finish = part.finish_reason
    choice.finish_reason = part.finish_reason
  }
}

function addDelta(growing: GrowingChoice, delta: Delta, snapshot: ChatCompletion): void {
  const { message } = growing.choice
  if (delta.content) message.content = (message.content ?? '') + delta.content
  if (delta.tool_calls) for (const call of delta.tool_calls) if (call) addCall(growing, call, snapshot)
  for (const key in delta) {
    const value = Reflect.get(delta, key)
    if (value === null || value === undefined) continue
    switch (key) {
      case 'role':
      case 'content':
      case 'tool_calls':
      case '__proto__':
        break
      case 'refusal':
      case 'reasoning':
      case 'reasoning_content':
        if (value !== '') message[key] = (message[key] ?? '') + value
        break
      case 'audio':
        message.audio = addAudio(message.audio, value)
        break
      case 'annotations':
      case 'reasoning_details':
        if (Array.isArray(value)) Object.assign(message, { [key]: [...(message[key] ?? []), ...value] })
        break
      case 'function_call':
        message.function_call = {
          name: value.name || message.function_call?.name || '',
          arguments: (message.function_call?.arguments ?? '') + (value.arguments ?? ''),
        }
        break
      default:
        Object.defineProperty(message, key, { value, enumerable: true, writable: true, configurable: true })
    }
  }
}

function addAudio(
  before: CompletionMessage['audio'],
  delta: Partial<NonNullable<CompletionMessage['audio']>>,
): NonNullable<CompletionMessage['audio']> {
  return {
    id: delta.id ?? before?.id ?? '',
    expires_at: delta.expires_at ?? before?.expires_at ?? 0,
    data: (before?.data ?? '') + (delta.data ?? ''),
    transcript: (before?.transcript ?? '') + (delta.transcript ?? ''),
  }
}

function addLogprobs(before: Logprobs | null | undefined, delta: Logprobs): Logprobs {
  const grown = before ?? { content: null, refusal: null }
  for (const key of ['content', 'refusal'] as const) {
    const more = delta[key]
    if (!more) continue
    const list = grown[key]
    if (list) list.push(...more)
    else grown[key] = [...more]
  }
  return grown
}

/**
 * A delta belongs to the call of its id; a new id is a new call, even at a used index; without an id the index decides,
 * and without both it is the latest call's.
 */
function addCall(growing: GrowingChoice, delta: ToolCallDelta, snapshot: ChatCompletion): void {
  const call = callOf(growing.calls, delta)
  if (!call) return
  if (delta.type) call.type = delta.type
  const name = delta.function?.name || delta.custom?.name
  if (name && !call.name) call.name = name
  call.text = grown(call.text, delta.custom ? delta.custom.input : delta.function?.arguments)
  if (delta.custom) call.type = 'custom'
  for (const key in delta) {
    if (callFields.has(key)) continue
    call.extra ??= {}
    call.extra[key] = Reflect.get(delta, key)
  }
  show(growing, snapshot)
}

const callFields = new Set(['index', 'id', 'type', 'function', 'custom', '__proto__'])

function callOf(calls: GrowingCall[], { id, index, function: called, custom }: ToolCallDelta): GrowingCall | undefined {
  if (id) {
    const known = calls.findLast(
      (call) => call.id === id && (index === undefined || call.index === undefined || call.index === index),
    )
    if (known) return known
    const unnamed = calls.find((call) => call.index === index && call.id === '')
    if (unnamed) {
      unnamed.id = id
      return unnamed
    }
  } else if (index !== undefined) {
    const known = calls.findLast((call) => call.index === index)
    if (known) return known
  } else if (calls.length > 0 && !called?.name && !custom?.name) return calls.at(-1)
  if (calls.length >= most.calls || (index !== undefined && (!Number.isInteger(index) || index < 0 || index >= 1024)))
    return undefined
  const fresh: GrowingCall = { index, id: id ?? '', type: undefined, name: '', text: '', extra: undefined }
  calls.push(fresh)
  return fresh
}

/** Arguments come as pieces of text, or whole as an object; an empty `{}` that real arguments follow was no arguments. */
function grown(text: string, more: unknown): string {
  if (more === null || more === undefined || more === '') return text
  if (typeof more === 'object') return JSON.stringify(more)
  return text === '{}' && typeof more === 'string' && more.startsWith('{') ? more : text + more
}

/** Puts the calls into the message, in the order of their index. */
function show({ choice, calls }: GrowingChoice, snapshot: ChatCompletion): void {
  const ordered =
    calls.length > 1 &&
    calls.some(({ index }, at) => index !== undefined && at > 0 && index < (calls[at - 1]?.index ?? 0))
  const list = ordered ? calls.toSorted((a, b) => (a.index ?? Infinity) - (b.index ?? Infinity)) : calls
  choice.message.tool_calls = list.map((call, at) => toolCall(call, at, snapshot.id))
}

function toolCall({ id, type, name, text, extra }: GrowingCall, at: number, completionId: string): ToolCall {
  const own = id || `call_${completionId.replaceAll(/[^a-zA-Z0-9]/g, '').slice(-20)}_${at}`
  if (type === 'custom') return { id: own, type, custom: { name, input: text }, ...extra }
  return { id: own, type: 'function', function: { name, arguments: text }, ...extra }
}

/** At the end: no arguments are an empty object, and two calls never share an id. */
function close({ choice }: GrowingChoice): void {
  const seen = new Set<string>()
  choice.message.tool_calls = choice.message.tool_calls?.map((call, at) => {
    const id = seen.has(call.id) ? `${call.id.slice(0, 36)}_${at}` : call.id
    seen.add(id)
    if (call.type === 'custom') return { ...call, id }
    return { ...call, id, function: { ...call.function, arguments: call.function.arguments || '{}' } }
  })
  if (choice.message.tool_calls === undefined) delete choice.message.tool_calls
}
