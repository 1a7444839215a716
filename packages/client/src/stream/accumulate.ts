/**
 * Chunks folded into a completion, by the rules of a tolerant reader: what one server leaves out and another repeats
 * gives the same completion as its plain answer would have been.
 */

import { ProtocolError } from '../errors/protocol-error.ts'
import { isObject } from '../is-object.ts'
import type { ChatCompletionChunk, ChunkChoice } from '../types/chunk.ts'
import type { ChatCompletion, Choice, CompletionMessage, Logprobs } from '../types/completion.ts'
import type { Usage } from '../types/usage.ts'
import { addContent, growMessage } from './grow-message.ts'
import type { Growth } from './growth.ts'
import { finishCall, type GrowingCall, growCall, isIndex } from './tool-calls.ts'

/** A completion that grows by the chunks of a stream. */
export interface Accumulator {
  /** The completion so far: one live object that grows in place. A choice without its end has the finish reason `''`. */
  readonly snapshot: ChatCompletion
  /** Something came, and every choice of it has its end. */
  readonly finished: boolean
  /** @throws ProtocolError `malformed` for a choice or call with an index that is none */
  add(chunk: ChatCompletionChunk): void
  /** Adds the chunk before once more, with this text as its content. */
  addText(text: string): void
  /** What there is when a stream breaks off; `undefined` when nothing came, or nothing was kept. */
  partial(): ChatCompletion | undefined
  /** From here on only the ends of the choices are followed, and the text is let go: for streams too long to keep. */
  forget(): void
  /**
   * The whole completion; calls have ids and arguments in it.
   * @param done whether `[DONE]` came; with `lenient` it makes up for a missing finish reason
   * @throws ProtocolError `truncated`, with the partial, when no choice came or one has no end
   */
  completion(done: boolean, lenient?: boolean): ChatCompletion
}

interface Growing {
  readonly choice: Choice
  calls: GrowingCall[]
  latest: GrowingCall | undefined
}

/** The whole completion of a list of chunks. @throws ProtocolError `truncated` when its end is missing */
export async function accumulate(
  chunks: AsyncIterable<ChatCompletionChunk> | Iterable<ChatCompletionChunk>,
): Promise<ChatCompletion> {
  const accumulator = createAccumulator()
  for await (const chunk of chunks) accumulator.add(chunk)
  return accumulator.completion(true)
}

/** Folds chunk by chunk; costs the same for each, however much came before. */
export function createAccumulator(growth: Growth = {}): Accumulator {
  const snapshot: ChatCompletion = { id: '', object: 'chat.completion', created: 0, model: '', choices: [] }
  const growing: Growing[] = []
  let latestChoice: Choice | undefined
  let forgotten = false

  function growingAt(index: unknown, position: number): Growing {
    const wanted = index ?? position
    const known = growing.find(({ choice }) => choice.index === wanted)
    if (known) return known
    if (!isIndex(wanted)) throw new ProtocolError('malformed', 'A choice of the stream has an index that is none.')
    const message: CompletionMessage = { role: 'assistant', content: null }
    const created = { choice: { index: wanted, message, finish_reason: '' }, calls: [], latest: undefined }
    growing.push(created)
    snapshot.choices.push(created.choice)
    snapshot.choices.sort((one, other) => one.index - other.index)
    accumulator.finished = false
    return created
  }

  function addChoice(from: ChunkChoice, position: number): void {
    const state = growingAt(from.index, position)
    const { choice } = state
    latestChoice = choice
    const { delta, finish_reason, logprobs } = from
    if (delta && !forgotten) {
      growMessage(choice, delta, growth)
      for (const each of delta.tool_calls ?? []) {
        if (!isObject(each)) continue
        const { grown, text } = growCall(state.calls, state.latest, each)
        if (choice.message.tool_calls?.length !== state.calls.length)
          choice.message.tool_calls = state.calls.map(({ call }) => call)
        state.latest = grown
        growth.call?.(choice, grown, text)
      }
    }
    if (logprobs && !forgotten) growLogprobs(choice, logprobs, growth)
    // An empty reason in mid stream is no finish. https://github.com/adolfousier/opencrabs/issues/1499
    if (typeof finish_reason === 'string' && finish_reason !== '') {
      const first = choice.finish_reason === ''
      choice.finish_reason = finish_reason
      if (first) {
        accumulator.finished = snapshot.choices.every((each) => each.finish_reason !== '')
        growth.finish?.(choice)
      }
    }
    for (const key in from) if (!isChoiceKey(key)) keepUnknown(choice, from, key)
  }

  // No getters: they would make each accumulator a kind of its own to the engine.
  const accumulator = {
    snapshot,
    finished: false,

    add(chunk: ChatCompletionChunk) {
      const choices = Array.isArray(chunk.choices) ? chunk.choices : []
      snapshot.id ||= chunk.id ?? ''
      snapshot.created ||= chunk.created ?? 0
      snapshot.model ||= chunk.model ?? ''
      const usage = usageOf(chunk, choices[0] as HasUsage | undefined)
      if (usage) snapshot.usage = usage
      for (const key in chunk) if (!isChunkKey(key)) keepUnknown(snapshot, chunk, key)
      for (let position = 0; position < choices.length; position++) {
        const choice = choices[position]
        if (choice) addChoice(choice, position)
      }
    },

    addText(text: string) {
      if (latestChoice && !forgotten) addContent(latestChoice, text, growth)
    },

    partial() {
      return growing.length > 0 && !forgotten ? snapshot : undefined
    },

    forget() {
      forgotten = true
      for (const state of growing) {
        state.choice.message = { role: 'assistant', content: null }
        delete state.choice.logprobs
        state.calls = []
      }
    },

    completion(done: boolean, lenient = false) {
      for (const { choice, calls } of growing) {
        if (choice.finish_reason === '') choice.finish_reason = missingReason(choice, done, lenient)
        if (choice.finish_reason === '') throw truncated(snapshot)
        for (const call of calls) finishCall(call)
      }
      if (growing.length === 0) throw truncated(undefined)
      return snapshot
    },
  }
  return accumulator
}

/** Keys of a chunk that `add` reads itself, and those that say nothing: padding, and what a completion has of its own. */
function isChunkKey(key: string): boolean {
  // Compared one by one: the engine does that by address, and a Set hashes the key at every chunk.
  switch (key) {
    case 'id':
    case 'object':
    case 'created':
    case 'model':
    case 'choices':
    case 'usage':
    case 'obfuscation':
    case '__proto__':
      return true
  }
  return false
}

function isChoiceKey(key: string): boolean {
  switch (key) {
    case 'index':
    case 'delta':
    case 'finish_reason':
    case 'logprobs':
    case 'usage':
    case '__proto__':
      return true
  }
  return false
}

/** A field that Pawl does not know stays: its last value that is not null. */
function keepUnknown(target: object, source: object, key: string): void {
  const value = (source as Record<string, unknown>)[key]
  if ((value !== null && value !== undefined) || !(key in target)) (target as Record<string, unknown>)[key] = value
}

/** The newest wins: some servers send a running total with each chunk, some beside or inside a choice. */
function usageOf(chunk: HasUsage & { readonly x_groq?: HasUsage | null }, choice: HasUsage | undefined) {
  return chunk.usage || chunk.x_groq?.usage || choice?.usage
}

interface HasUsage {
  readonly usage?: Usage | null | undefined
}

function growLogprobs(choice: Choice, from: Logprobs, growth: Growth): void {
  choice.logprobs ??= { content: null, refusal: null }
  for (const kind of ['content', 'refusal'] as const) {
    const added = from[kind]
    if (!added?.length) continue
    choice.logprobs[kind] ??= []
    for (const each of added) choice.logprobs[kind].push(each)
    growth.logprobs?.(choice, kind, added)
  }
}

/** Audio ends with a chunk that holds nothing but `expires_at`. */
function missingReason({ message }: Choice, done: boolean, lenient: boolean): string {
  if (message.audio?.expires_at) return 'stop'
  if (!lenient) return ''
  if (message.tool_calls?.length) return 'tool_calls'
  return message.content && done ? 'stop' : ''
}

function truncated(partial: ChatCompletion | undefined): ProtocolError {
  return new ProtocolError('truncated', 'The stream ended before the completion did: its finish reason is missing.', {
    partial,
  })
}
