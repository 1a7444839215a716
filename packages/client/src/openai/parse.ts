/** Structured output as the official package reads it: `parsed` on messages, `parsed_arguments` on strict calls. */

import {
  type ChatCompletion,
  type Choice,
  type ContentParser,
  type FunctionToolCall,
  parserSymbol,
  type ToolCall,
} from '../index.ts'
import { ContentFilterFinishReasonError, LengthFinishReasonError, OpenAIError } from './errors.ts'

/** A `json_schema` format; a parser may hide in it: the official package's under a name, ours under a symbol. */
interface ParseableFormat {
  readonly type: string
  readonly [parserSymbol]?: ContentParser | undefined
  readonly $parseRaw?: ((content: string) => unknown) | undefined
}

/** What the parser looks at in a request. */
export interface ParseParams {
  readonly response_format?: unknown
  readonly tools?: readonly unknown[] | null | undefined
}

interface FunctionTool {
  readonly type: 'function'
  readonly function: { readonly name: string; readonly strict?: boolean | null | undefined }
  readonly $parseRaw?: ((content: string) => unknown) | undefined
}

/** `parsed_arguments` is null where the tool is not strict. */
export type ParsedFunctionToolCall = FunctionToolCall & {
  function: FunctionToolCall['function'] & { parsed_arguments?: unknown }
}

/** Calls of custom tools stay as they are. */
export type ParsedToolCall = ParsedFunctionToolCall | Exclude<ToolCall, FunctionToolCall>

export type ParsedMessage<T> = Omit<Choice['message'], 'tool_calls' | 'content'> & {
  content: string | null
  parsed: T | null
  tool_calls?: ParsedToolCall[] | undefined
}

export type ParsedCompletion<T> = Omit<ChatCompletion, 'choices'> & {
  choices: (Omit<Choice, 'message'> & { message: ParsedMessage<T> })[]
}

/**
 * Adds `parsed` to each message and `parsed_arguments` to each call of a strict tool.
 * @throws LengthFinishReasonError, ContentFilterFinishReasonError for an answer that was cut, SyntaxError for one that is no JSON,
 * and what the format's own parser throws
 */
export function parseCompletion<T>(completion: ChatCompletion, params: ParseParams): ParsedCompletion<T> {
  const choices = completion.choices.map((choice) => {
    refuseCut(choice.finish_reason)
    return { ...choice, message: parsedMessage<T>(choice.message, params) }
  })
  return { ...completion, choices }
}

/** @throws LengthFinishReasonError, ContentFilterFinishReasonError */
export function refuseCut(finishReason: string | null): void {
  if (finishReason === 'length') throw new LengthFinishReasonError()
  if (finishReason === 'content_filter') throw new ContentFilterFinishReasonError()
}

/** The same completion with `parsed: null`, for a request that asks for nothing that can be parsed. */
export function unparsedCompletion<T>(completion: ChatCompletion): ParsedCompletion<T> {
  const choices = completion.choices.map((choice) => ({
    ...choice,
    message: { ...choice.message, parsed: null } as ParsedMessage<T>,
  }))
  return { ...completion, choices }
}

/** Whether the request asks for something that can be parsed: a `json_schema` format or a strict tool. */
export function asksForParsing({ response_format, tools }: ParseParams): boolean {
  return isParseable(response_format) || (tools ?? []).some((tool) => isFunction(tool) && isStrict(tool))
}

/** @throws OpenAIError for a function that is not strict: its arguments could not be relied upon */
export function checkTools(tools: readonly unknown[] | null | undefined): void {
  for (const tool of tools ?? []) {
    if (!isFunction(tool) || isStrict(tool)) continue
    throw new OpenAIError(`The tool \`${tool.function.name}\` is not strict; only strict functions can be parsed.`)
  }
}

/** The parsed text of a format; `null` where the format is no `json_schema`. */
export function parseContent(format: unknown, content: string): unknown {
  if (!isParseable(format)) return null
  if (format.$parseRaw) return format.$parseRaw(content)
  const parser = format[parserSymbol]
  return parser ? parser.final(content) : parseJson(content)
}

/** The parsed arguments of a call; `null` where its tool is not strict. */
export function parseArguments(tools: ParseParams['tools'], { name, arguments: text }: FunctionToolCall['function']) {
  const tool = strictTool(tools, name)
  if (!tool) return null
  return tool.$parseRaw ? tool.$parseRaw(text) : parseJson(text)
}

/** The tool of this name, if its arguments can be relied upon. */
export function strictTool(tools: ParseParams['tools'], name: string): FunctionTool | undefined {
  return (tools ?? []).filter(isFunction).find((tool) => tool.function.name === name && isStrict(tool))
}

/** Whether an answer in this format is to be parsed. */
export function isParseable(format: unknown): format is ParseableFormat {
  return typeof format === 'object' && format !== null && 'type' in format && format.type === 'json_schema'
}

function parsedMessage<T>(message: Choice['message'], { response_format, tools }: ParseParams): ParsedMessage<T> {
  const { content = null, refusal, tool_calls: calls, function_call } = message
  const said = content !== null && !refusal && (content !== '' || (!calls?.length && !function_call))
  return {
    ...message,
    content,
    ...(calls && { tool_calls: calls.map((call) => parsedCall(call, tools)) }),
    parsed: said ? (parseContent(response_format, content) as T | null) : null,
  } as ParsedMessage<T>
}

function parsedCall(call: ToolCall, tools: ParseParams['tools']): ParsedToolCall {
  if (call.type === 'custom') return call
  return { ...call, function: { ...call.function, parsed_arguments: parseArguments(tools, call.function) } }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new SyntaxError('The structured output is not valid JSON.')
  }
}

function isFunction(tool: unknown): tool is FunctionTool {
  return typeof tool === 'object' && tool !== null && 'function' in tool
}

function isStrict(tool: FunctionTool): boolean {
  return tool.$parseRaw !== undefined || tool.function.strict === true
}
