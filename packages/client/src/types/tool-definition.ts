/** Tools as a request offers them to the model. */

/** `parameters` is a JSON Schema whose root is an object; left out, the function takes no arguments. */
export interface FunctionToolDefinition {
  type: 'function'
  function: {
    name: string
    description?: string | undefined
    parameters?: { readonly [key: string]: unknown } | undefined
    strict?: boolean | null | undefined
  }
}

/** A grammar that the input of a custom tool must follow. */
export type CustomToolFormat =
  | { type: 'text' }
  | { type: 'grammar'; grammar: { syntax: 'lark' | 'regex'; definition: string } }

export interface CustomToolDefinition {
  type: 'custom'
  custom: { name: string; description?: string | undefined; format?: CustomToolFormat | undefined }
}

export type ToolDefinition = FunctionToolDefinition | CustomToolDefinition

/** One tool, by name. */
export type NamedToolChoice =
  | { type: 'function'; function: { name: string } }
  | { type: 'custom'; custom: { name: string } }

/** A subset of the tools offered, so that `tools` (and the cached prefix) can stay the same. */
export interface AllowedToolsChoice {
  type: 'allowed_tools'
  allowed_tools: { mode: 'auto' | 'required'; tools: readonly NamedToolChoice[] }
}

/** Whether and which tools the model calls. */
export type ToolChoice = 'none' | 'auto' | 'required' | NamedToolChoice | AllowedToolsChoice
