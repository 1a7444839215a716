// What the rules read of a request, after `checkRequest` has looked at every part of it.
import type { JsonSchema } from '@pawl/schema'

/** A function tool, flattened. Custom (grammar) tools are left out: the rules cannot write in a grammar. */
export interface OfferedTool {
  readonly name: string
  readonly description: string
  readonly parameters: JsonSchema
}

/** One call that an assistant message of the history asks for. */
export interface MadeCall {
  readonly id: string
  readonly name: string
  readonly arguments: string
}

/** A message with its content parts joined to one text. */
export type OfferedMessage =
  | { readonly role: 'system' | 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly text: string; readonly calls: readonly MadeCall[] }
  | { readonly role: 'tool'; readonly callId: string; readonly text: string }

/** Which tools may, must or must not be called. */
export type ToolChoice =
  | { readonly type: 'none' | 'auto' | 'required' }
  | { readonly type: 'named'; readonly name: string }

/** The shape that the answer must have. */
export type AnswerFormat =
  | { readonly type: 'text' }
  | { readonly type: 'json_object' }
  | { readonly type: 'json_schema'; readonly name: string; readonly schema: JsonSchema }

/** A request in the form that the rules work on. */
export interface OfflineRequest {
  readonly model: string
  readonly messages: readonly OfferedMessage[]
  /** Only the tools that `tool_choice` allows. */
  readonly tools: readonly OfferedTool[]
  readonly toolChoice: ToolChoice
  readonly parallel: boolean
  readonly format: AnswerFormat
  readonly stream: boolean
  readonly includeUsage: boolean
  readonly choices: number
  /** Most tokens of text in the answer, by the estimate of `estimateTokens`; no limit when undefined. */
  readonly maxTokens: number | undefined
  readonly stop: readonly string[]
}
