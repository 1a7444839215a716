/** The protocol's custom tools: free text, or text held to a grammar by the server. */

import type { CustomToolFormat, ToolDefinition } from '@pawl/client'
import { digest } from '../digest.ts'
import { runOf } from '../execute/run.ts'
import type { ToolContext } from '../execute/tool-context.ts'
import type { ApprovalRule, Effect, Tool } from './tool.ts'
import { checkDescription, checkName } from './tool-name.ts'

/** `lark` and `regex` are grammars in those notations. https://platform.openai.com/docs/guides/function-calling#custom-tools */
export type TextFormat = 'text' | { readonly lark: string } | { readonly regex: string }

/** A tool that is called with plain text, which a grammar may bind. */
export interface TextToolOptions<C> {
  name: string
  description: string
  format?: TextFormat | undefined
  effect?: Effect | undefined
  execute: (input: string, context: ToolContext<C>) => unknown
  approval?: ApprovalRule<string, C> | undefined
  lock?: ((input: string) => string) | undefined
  timeout?: number | undefined
}

/** Defines a tool whose input is text. The grammar is the server's to keep; the text is passed on as it comes. */
export function textTool<C = unknown>(options: TextToolOptions<C>): Tool<C> {
  const { name, description, format = 'text', effect = 'once', execute, ...rest } = options
  checkName(name)
  checkDescription(name, description)
  const definition: ToolDefinition = { type: 'custom', custom: { name, description, format: wireFormat(format) } }
  return {
    ...rest,
    ...{ type: 'custom', name, description, effect, definition, external: false },
    hash: digest([definition, effect]),
    decode: (text) => ({ ok: true, value: text }),
    run: runOf(execute),
  }
}

function wireFormat(format: TextFormat): CustomToolFormat {
  if (format === 'text') return { type: 'text' }
  const [syntax, definition] = 'lark' in format ? (['lark', format.lark] as const) : (['regex', format.regex] as const)
  return { type: 'grammar', grammar: { syntax, definition } }
}
