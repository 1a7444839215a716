/** `chat.completions.stream()` as the official package has it: starts by itself, tells events, gives final values. */

import {
  type ChatCompletion,
  type ChatCompletionChunk,
  type CompletionStream,
  completionStream,
  type Message,
  type StreamEvent,
  type Usage,
} from '../index.ts'
import { OpenAIError } from './errors.ts'
import { EventStream } from './event-stream.ts'
import { fromLines, toLines } from './lines.ts'
import { officialError } from './official-error.ts'
import {
  asksForParsing,
  isParseable,
  type ParsedCompletion,
  type ParsedFunctionToolCall,
  type ParsedMessage,
  type ParseParams,
  parseArguments,
  parseCompletion,
  parseContent,
  refuseCut,
  strictTool,
  unparsedCompletion,
} from './parse.ts'
import { partialJson } from './partial-json.ts'
import type { ChatCompletionStreamEvents } from './stream-events.ts'
import { type ToolEvent, toolEvents } from './tool-events.ts'

/** What the request must hold for its stream to be parsed. */
export interface StreamParams extends ParseParams {
  readonly messages: readonly Message[]
}

/** Iterated, it gives the chunks; an iteration that is left aborts the request. */
export class ChatCompletionStream<T = null>
  extends EventStream<ChatCompletionStreamEvents<T>>
  implements AsyncIterable<ChatCompletionChunk>
{
  /** what was asked, then the answer */
  readonly messages: (Message | ParsedMessage<T>)[]
  readonly #params: StreamParams
  readonly #parses: boolean
  readonly #completions: ParsedCompletion<T>[] = []
  readonly #follower = toolEvents()
  #called: ToolEvent[] = []
  #snapshot: ChatCompletion | undefined

  /** @param open asks the server; its signal is that of the controller */
  constructor(params: StreamParams, open: (signal: AbortSignal) => CompletionStream) {
    super()
    this.#params = params
    this.#parses = asksForParsing(params)
    this.messages = [...params.messages]
    this.start(() => this.#follow(open(this.controller.signal)))
  }

  /** Follows a stream that `toReadableStream()` made, in another process or page. */
  static fromReadableStream(readable: ReadableStream<Uint8Array>): ChatCompletionStream {
    return new ChatCompletionStream({ messages: [] }, () => completionStream(() => fromLines(readable)))
  }

  /** The completion so far; `undefined` before the first chunk and after the end. */
  get currentChatCompletionSnapshot(): ChatCompletion | undefined {
    return this.#snapshot
  }

  allChatCompletions(): ParsedCompletion<T>[] {
    return [...this.#completions]
  }

  async finalChatCompletion(): Promise<ParsedCompletion<T>> {
    await this.done()
    const completion = this.#completions.at(-1)
    if (!completion) throw new OpenAIError('The stream ended without a completion.')
    return completion
  }

  async finalMessage(): Promise<ParsedMessage<T>> {
    const message = (await this.finalChatCompletion()).choices[0]?.message
    if (!message) throw new OpenAIError('The stream ended without a message.')
    return message
  }

  async finalContent(): Promise<string | null> {
    return (await this.finalMessage()).content
  }

  async finalFunctionToolCall(): Promise<ParsedFunctionToolCall['function'] | undefined> {
    return lastCall(await this.finalMessage())
  }

  async totalUsage(): Promise<Usage> {
    return usageOf(await this.finalChatCompletion())
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ChatCompletionChunk> {
    const waiting: ChatCompletionChunk[] = []
    let wake = () => {}
    const take = (chunk: ChatCompletionChunk) => {
      waiting.push(chunk)
      wake()
    }
    const ended = this.done().finally(() => wake())
    ended.catch(() => {})
    this.on('chunk', take)
    try {
      for (;;) {
        const chunk = waiting.shift()
        if (chunk) yield chunk
        else if (this.ended) break
        else await new Promise<void>((resolve) => (wake = resolve))
      }
      await ended
    } finally {
      this.off('chunk', take)
      if (!this.ended) this.abort()
    }
  }

  /** The chunks as lines of JSON, to hand on to another runtime. */
  toReadableStream(): ReadableStream<Uint8Array> {
    return toLines(this, () => this.abort())
  }

  async #follow(stream: CompletionStream): Promise<void> {
    try {
      for await (const event of stream) this.#tell(event)
      this.#conclude(await stream.finalCompletion())
    } catch (error) {
      throw officialError(error)
    }
  }

  #tell(event: StreamEvent): void {
    const { response_format: format } = this.#params
    switch (event.type) {
      case 'chunk':
        if (!this.#snapshot) this.emit('connect')
        this.#snapshot = event.snapshot
        if (this.#parses) for (const { finish_reason } of event.chunk.choices ?? []) refuseCut(finish_reason)
        this.#tellTools()
        this.#called = this.#follower(event.chunk, event.snapshot)
        this.emit('chunk', event.chunk, event.snapshot)
        return
      case 'content.delta': {
        const { delta, snapshot } = event
        this.emit('content', delta, snapshot)
        const parsed = () => (isParseable(format) ? partialJson(snapshot) : undefined)
        this.emit('content.delta', lazily({ delta, snapshot }, 'parsed', parsed))
        return
      }
      case 'content.done':
        this.emit('content.done', { content: event.content, parsed: parseContent(format, event.content) as T | null })
        return
      case 'refusal.delta':
        this.emit('refusal.delta', { delta: event.delta, snapshot: event.snapshot })
        return
      case 'refusal.done':
        this.emit('refusal.done', { refusal: event.refusal })
        return
      case 'logprobs.content.delta':
        this.emit('logprobs.content.delta', { content: event.content, snapshot: event.snapshot })
        return
      case 'logprobs.content.done':
        this.emit('logprobs.content.done', { content: event.content })
        return
      case 'logprobs.refusal.delta':
        this.emit('logprobs.refusal.delta', { refusal: event.refusal, snapshot: event.snapshot })
        return
      case 'logprobs.refusal.done':
        this.emit('logprobs.refusal.done', { refusal: event.refusal })
    }
  }

  /** Calls are told after the other events of their chunk. */
  #tellTools(): void {
    const { tools } = this.#params
    for (const { type: _, ...told } of this.#called.splice(0)) {
      const { name, index, arguments: text } = told
      if ('arguments_delta' in told) {
        const parsed = () => (strictTool(tools, name) && text ? partialJson(text) : undefined)
        this.emit('tool_calls.function.arguments.delta', lazily(told, 'parsed_arguments', parsed))
      } else {
        const parsed_arguments = parseArguments(tools, { name, arguments: text })
        this.emit('tool_calls.function.arguments.done', { name, index, arguments: text, parsed_arguments })
      }
    }
  }

  #conclude(answer: ChatCompletion): void {
    this.#tellTools()
    const parse = this.#parses ? parseCompletion<T> : unparsedCompletion<T>
    const completion = parse(filledIn(answer), this.#params)
    this.#snapshot = undefined
    this.#completions.push(completion)
    this.emit('chatCompletion', completion)
    const message = completion.choices[0]?.message
    if (message) {
      this.messages.push(message)
      this.emit('message', message)
      for (const call of functionCalls(message)) this.emit('functionToolCall', call)
    }
    this.emit('finalChatCompletion', completion)
    if (message) this.emit('finalMessage', message)
    if (message?.content) this.emit('finalContent', message.content)
    const call = message && lastCall(message)
    if (call) this.emit('finalFunctionToolCall', call)
    if (completion.usage) this.emit('totalUsage', usageOf(completion))
  }
}

/** Streamed messages of the official package have a refusal, and choices logprobs, null where there are none. */
function filledIn(answer: ChatCompletion): ChatCompletion {
  const choices = answer.choices.map((choice) => {
    const { message, logprobs = null } = choice
    const { refusal = null } = message
    return { ...choice, logprobs, message: { ...message, refusal } }
  })
  return { ...answer, choices }
}

function functionCalls({ tool_calls: calls = [] }: ParsedMessage<unknown>): ParsedFunctionToolCall['function'][] {
  return calls.flatMap((call) => (call.type === 'function' ? [call.function] : []))
}

function lastCall(message: ParsedMessage<unknown>): ParsedFunctionToolCall['function'] | undefined {
  return functionCalls(message).at(-1)
}

function usageOf({ usage }: ParsedCompletion<unknown>): Usage {
  const { prompt_tokens = 0, completion_tokens = 0, total_tokens = 0 } = usage ?? {}
  return { prompt_tokens, completion_tokens, total_tokens }
}

/** The object with one more field, which is worked out when it is read. */
function lazily<E extends object, K extends string>(
  event: E,
  key: K,
  value: () => unknown,
): E & { readonly [k in K]: unknown } {
  return Object.defineProperty(event, key, { get: value, enumerable: true }) as E & { readonly [k in K]: unknown }
}
